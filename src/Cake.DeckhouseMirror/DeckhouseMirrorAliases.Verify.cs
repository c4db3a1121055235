using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Verifies a bundle: archives whole, every digest true, every image complete.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to verify.</param>
    /// <returns>The report: what the bundle holds, its files, warnings.</returns>
    /// <exception cref="CakeException">Something is wrong with the bundle; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Verify").Does(() =&gt;
    /// {
    ///     var report = D8MirrorVerify(new() { Files = ["bundle/platform.tar"] });
    ///     Information("{0} images are complete", report.Plan.ImageCount);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verify")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorVerify(this ICakeContext context, D8MirrorVerifySettings settings) =>
        new DeckhouseMirrorRunner(context).Verify(settings);

    /// <summary>Verifies the bundle in a folder.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="reportFile">Writes a report: <c>.json</c>, <c>.md</c> or <c>.html</c>. Default: none.</param>
    /// <returns>The report: what the bundle holds, its files, warnings.</returns>
    /// <exception cref="CakeException">Something is wrong with the bundle; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Verify").Does(() =&gt; D8MirrorVerify("bundle"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verify")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorVerify(
        this ICakeContext context, DirectoryPath bundleDirectory, FilePath? reportFile = null) =>
        context.D8MirrorVerify(VerifyForm(bundleDirectory, reportFile));

    /// <summary>
    /// As <see cref="D8MirrorVerify(ICakeContext, D8MirrorVerifySettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to verify.</param>
    /// <returns>The report: what the bundle holds, its files, warnings.</returns>
    /// <exception cref="CakeException">Something is wrong with the bundle; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Verify").Does(async () =&gt;
    /// {
    ///     var report = await D8MirrorVerifyAsync(new()
    ///     {
    ///         BundleDirectory = "bundle",
    ///         ReportFile = "bundle-report.md",
    ///     });
    ///     Information("{0} images are complete", report.Plan.ImageCount);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verify")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorVerifyAsync(this ICakeContext context, D8MirrorVerifySettings settings) =>
        new DeckhouseMirrorRunner(context).VerifyAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorVerify(ICakeContext, DirectoryPath, FilePath)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="reportFile">Writes a report: <c>.json</c>, <c>.md</c> or <c>.html</c>. Default: none.</param>
    /// <returns>The report: what the bundle holds, its files, warnings.</returns>
    /// <exception cref="CakeException">Something is wrong with the bundle; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Verify").Does(async () =&gt; await D8MirrorVerifyAsync("bundle"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verify")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorVerifyAsync(
        this ICakeContext context, DirectoryPath bundleDirectory, FilePath? reportFile = null) =>
        context.D8MirrorVerifyAsync(VerifyForm(bundleDirectory, reportFile));

    /// <summary>
    /// Verifies a bundle: archives whole, every digest true, every image complete; the settings are made in place.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="bundleDirectory">The folder of the bundle, which the settings begin with. Default: none.</param>
    /// <returns>The report: what the bundle holds, its files, warnings.</returns>
    /// <exception cref="CakeException">Something is wrong with the bundle; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Verify").Does(() =&gt; D8MirrorVerify(settings =&gt;
    /// {
    ///     settings.BundleDirectory = "bundle";
    ///     settings.ReportFile = "verify.html";
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verify")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorVerify(
        this ICakeContext context, Action<D8MirrorVerifySettings> configure, DirectoryPath? bundleDirectory = null) =>
        context.D8MirrorVerify(Configured(configure, new D8MirrorVerifySettings { BundleDirectory = bundleDirectory }));

    /// <summary>
    /// As <see cref="D8MirrorVerify(ICakeContext, Action{D8MirrorVerifySettings}, DirectoryPath)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="bundleDirectory">The folder of the bundle, which the settings begin with. Default: none.</param>
    /// <returns>The report: what the bundle holds, its files, warnings.</returns>
    /// <exception cref="CakeException">Something is wrong with the bundle; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Verify").Does(async () =&gt; await D8MirrorVerifyAsync(settings =&gt;
    /// {
    ///     settings.BundleDirectory = "bundle";
    ///     settings.ReportFile = "verify.html";
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verify")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorVerifyAsync(
        this ICakeContext context, Action<D8MirrorVerifySettings> configure, DirectoryPath? bundleDirectory = null) =>
        context.D8MirrorVerifyAsync(Configured(
            configure, new D8MirrorVerifySettings { BundleDirectory = bundleDirectory }));

    /// <summary>Verifies single archives of a bundle.</summary>
    /// <param name="context">The context.</param>
    /// <param name="files">The archives, or any chunk of each; patterns are searched for.</param>
    /// <param name="reportFile">Writes a report: <c>.json</c>, <c>.md</c> or <c>.html</c>. Default: none.</param>
    /// <returns>The report: what the bundle holds, its files, warnings.</returns>
    /// <exception cref="CakeException">Something is wrong with the bundle; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Verify").Does(() =&gt; D8MirrorVerify(GetFiles("bundle/*.tar")));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verify")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorVerify(
        this ICakeContext context, FilePathCollection files, FilePath? reportFile = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        return context.D8MirrorVerify(new D8MirrorVerifySettings { Files = files, ReportFile = reportFile });
    }

    /// <summary>
    /// As <see cref="D8MirrorVerify(ICakeContext, FilePathCollection, FilePath)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="files">The archives, or any chunk of each; patterns are searched for.</param>
    /// <param name="reportFile">Writes a report: <c>.json</c>, <c>.md</c> or <c>.html</c>. Default: none.</param>
    /// <returns>The report: what the bundle holds, its files, warnings.</returns>
    /// <exception cref="CakeException">Something is wrong with the bundle; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Verify").Does(async () =&gt; await D8MirrorVerifyAsync(GetFiles("bundle/*.tar")));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verify")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorVerifyAsync(
        this ICakeContext context, FilePathCollection files, FilePath? reportFile = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        return context.D8MirrorVerifyAsync(new D8MirrorVerifySettings { Files = files, ReportFile = reportFile });
    }

    private static D8MirrorVerifySettings VerifyForm(DirectoryPath bundleDirectory, FilePath? reportFile)
    {
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        return new D8MirrorVerifySettings
        {
            BundleDirectory = bundleDirectory,
            ReportFile = reportFile,
        };
    }
}
