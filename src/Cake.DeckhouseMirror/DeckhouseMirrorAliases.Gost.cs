using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Verifies the GOST R 34.11-2012 sums beside archives.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to verify.</param>
    /// <returns>The files with their sums.</returns>
    /// <exception cref="CakeException">A sum is wrong, missing or malformed; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("VerifyGost").Does(() =&gt;
    /// {
    ///     var report = VerifyGostDigest(new() { Files = ["bundle/platform.tar"] });
    ///     foreach (var file in report.Files)
    ///     {
    ///         Information("{0}  {1}", file.GostDigest, file.Name);
    ///     }
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("GOST sums")]
    public static GostReport VerifyGostDigest(this ICakeContext context, MirrorVerifyGostDigestSettings settings) =>
        new DeckhouseMirrorRunner(context).VerifyGostDigest(settings);

    /// <summary>Verifies the GOST R 34.11-2012 sums in a folder.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="reportFile">Writes a report: <c>.json</c>, <c>.md</c> or <c>.html</c>. Default: none.</param>
    /// <returns>The files with their sums.</returns>
    /// <exception cref="CakeException">A sum is wrong, missing or malformed; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("VerifyGost").Does(() =&gt; VerifyGostDigest("bundle"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("GOST sums")]
    public static GostReport VerifyGostDigest(
        this ICakeContext context, DirectoryPath bundleDirectory, FilePath? reportFile = null) =>
        context.VerifyGostDigest(GostForm(bundleDirectory, reportFile));

    /// <summary>
    /// As <see cref="VerifyGostDigest(ICakeContext, MirrorVerifyGostDigestSettings)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to verify.</param>
    /// <returns>The files with their sums.</returns>
    /// <exception cref="CakeException">A sum is wrong, missing or malformed; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("VerifyGost").Does(async () =&gt;
    /// {
    ///     var report = await VerifyGostDigestAsync(new() { BundleDirectory = "bundle" });
    ///     Information("{0} sums are true", report.Files.Length);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("GOST sums")]
    public static Task<GostReport> VerifyGostDigestAsync(
        this ICakeContext context, MirrorVerifyGostDigestSettings settings) =>
        new DeckhouseMirrorRunner(context).VerifyGostDigestAsync(settings);

    /// <summary>
    /// As <see cref="VerifyGostDigest(ICakeContext, DirectoryPath, FilePath)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="reportFile">Writes a report: <c>.json</c>, <c>.md</c> or <c>.html</c>. Default: none.</param>
    /// <returns>The files with their sums.</returns>
    /// <exception cref="CakeException">A sum is wrong, missing or malformed; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("VerifyGost").Does(async () =&gt; await VerifyGostDigestAsync("bundle"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("GOST sums")]
    public static Task<GostReport> VerifyGostDigestAsync(
        this ICakeContext context, DirectoryPath bundleDirectory, FilePath? reportFile = null) =>
        context.VerifyGostDigestAsync(GostForm(bundleDirectory, reportFile));

    private static MirrorVerifyGostDigestSettings GostForm(DirectoryPath bundleDirectory, FilePath? reportFile)
    {
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        return new MirrorVerifyGostDigestSettings
        {
            BundleDirectory = bundleDirectory.FullPath,
            ReportFile = reportFile?.FullPath,
        };
    }
}
