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
    public static MirrorReport D8MirrorVerify(this ICakeContext context, MirrorVerifySettings settings) =>
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
    public static MirrorReport D8MirrorVerify(
        this ICakeContext context, DirectoryPath bundleDirectory, FilePath? reportFile = null) =>
        context.D8MirrorVerify(VerifyForm(bundleDirectory, reportFile));

    /// <summary>
    /// As <see cref="D8MirrorVerify(ICakeContext, MirrorVerifySettings)"/>, for tasks that are asynchronous.
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
    public static Task<MirrorReport> D8MirrorVerifyAsync(this ICakeContext context, MirrorVerifySettings settings) =>
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
    public static Task<MirrorReport> D8MirrorVerifyAsync(
        this ICakeContext context, DirectoryPath bundleDirectory, FilePath? reportFile = null) =>
        context.D8MirrorVerifyAsync(VerifyForm(bundleDirectory, reportFile));

    private static MirrorVerifySettings VerifyForm(DirectoryPath bundleDirectory, FilePath? reportFile)
    {
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        return new MirrorVerifySettings
        {
            BundleDirectory = bundleDirectory.FullPath,
            ReportFile = reportFile?.FullPath,
        };
    }
}
