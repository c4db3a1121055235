using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Pulls a Deckhouse source into a bundle.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to pull, from where, into which folder.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The pull failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Pull").Does(() =&gt;
    /// {
    ///     var report = D8MirrorPull(new()
    ///     {
    ///         Source = "registry.deckhouse.ru/deckhouse/ee",
    ///         BundleDirectory = "bundle",
    ///         SinceVersion = "1.69.0",
    ///         IncludeModules = ["console", new("neuvector", VersionConstraint.Parse("~1.3.0"))],
    ///         GostDigest = true,
    ///     });
    ///     Information("{0} files, {1} bytes downloaded", report.Files.Length, report.TransferredBytes);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Pull")]
    public static MirrorReport D8MirrorPull(this ICakeContext context, MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).Pull(settings);

    /// <summary>Pulls everything of an edition into a bundle.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="MirrorSelectionSettings.Source"/>.
    /// </param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The pull failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// // The licence is read from the variable D8_MIRROR_LICENSE_TOKEN.
    /// Task("Pull").Does(() =&gt; D8MirrorPull("bundle"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Pull")]
    public static MirrorReport D8MirrorPull(
        this ICakeContext context, DirectoryPath bundleDirectory, string? source = null) =>
        context.D8MirrorPull(PullForm(bundleDirectory, source));

    /// <summary>
    /// As <see cref="D8MirrorPull(ICakeContext, MirrorPullSettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to pull, from where, into which folder.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The pull failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Pull").Does(async () =&gt;
    /// {
    ///     var report = await D8MirrorPullAsync(new()
    ///     {
    ///         BundleDirectory = "bundle",
    ///         Components = MirrorComponents.Platform | MirrorComponents.SecurityDb,
    ///     });
    ///     Information("{0} files, {1} bytes downloaded", report.Files.Length, report.TransferredBytes);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Pull")]
    public static Task<MirrorReport> D8MirrorPullAsync(this ICakeContext context, MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).PullAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorPull(ICakeContext, DirectoryPath, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="MirrorSelectionSettings.Source"/>.
    /// </param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The pull failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// // The licence is read from the variable D8_MIRROR_LICENSE_TOKEN.
    /// Task("Pull").Does(async () =&gt; await D8MirrorPullAsync("bundle"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Pull")]
    public static Task<MirrorReport> D8MirrorPullAsync(
        this ICakeContext context, DirectoryPath bundleDirectory, string? source = null) =>
        context.D8MirrorPullAsync(PullForm(bundleDirectory, source));

    private static MirrorPullSettings PullForm(DirectoryPath bundleDirectory, string? source)
    {
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        MirrorPullSettings settings = new() { BundleDirectory = bundleDirectory.FullPath };
        return source is null ? settings : settings with { Source = source };
    }
}
