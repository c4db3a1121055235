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
    ///         IncludeModules = ["console", new("neuvector", "~1.3.0")],
    ///         GostDigest = true,
    ///     });
    ///     Information(report);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Pull")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorPull(this ICakeContext context, D8MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).Pull(settings);

    /// <summary>Pulls everything of an edition into a bundle.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="D8MirrorSelectionSettings.Source"/>.
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
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorPull(
        this ICakeContext context, DirectoryPath bundleDirectory, string? source = null) =>
        context.D8MirrorPull(PullForm(bundleDirectory, source));

    /// <summary>
    /// As <see cref="D8MirrorPull(ICakeContext, D8MirrorPullSettings)"/>, for tasks that are asynchronous.
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
    ///     Information(report);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Pull")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorPullAsync(this ICakeContext context, D8MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).PullAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorPull(ICakeContext, DirectoryPath, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="D8MirrorSelectionSettings.Source"/>.
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
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorPullAsync(
        this ICakeContext context, DirectoryPath bundleDirectory, string? source = null) =>
        context.D8MirrorPullAsync(PullForm(bundleDirectory, source));

    /// <summary>Pulls a Deckhouse source into a bundle; the settings are made in place.</summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="bundleDirectory">The folder of the bundle, which the settings begin with. Default: none.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The pull failed or was cancelled; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Pull").Does(() =&gt; D8MirrorPull(settings =&gt;
    /// {
    ///     settings.BundleDirectory = "bundle";
    ///     settings.IncludePlatform = "&gt;=1.70 &lt;1.72";
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Pull")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorPull(
        this ICakeContext context, Action<D8MirrorPullSettings> configure, DirectoryPath? bundleDirectory = null) =>
        context.D8MirrorPull(Configured(configure, new D8MirrorPullSettings { BundleDirectory = bundleDirectory }));

    /// <summary>
    /// As <see cref="D8MirrorPull(ICakeContext, Action{D8MirrorPullSettings}, DirectoryPath)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="bundleDirectory">The folder of the bundle, which the settings begin with. Default: none.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The pull failed or was cancelled; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Pull").Does(async () =&gt; await D8MirrorPullAsync(settings =&gt;
    /// {
    ///     settings.BundleDirectory = "bundle";
    ///     settings.IncludePlatform = "&gt;=1.70 &lt;1.72";
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Pull")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorPullAsync(
        this ICakeContext context, Action<D8MirrorPullSettings> configure, DirectoryPath? bundleDirectory = null) =>
        context.D8MirrorPullAsync(Configured(
            configure, new D8MirrorPullSettings { BundleDirectory = bundleDirectory }));

    private static D8MirrorPullSettings PullForm(DirectoryPath bundleDirectory, string? source)
    {
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        D8MirrorPullSettings settings = new() { BundleDirectory = bundleDirectory };
        settings.Source = source is null ? settings.Source : source;
        return settings;
    }
}
