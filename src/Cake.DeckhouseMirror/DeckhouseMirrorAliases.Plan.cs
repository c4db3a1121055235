using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Says what a pull would move, without downloading it.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to pull.</param>
    /// <returns>The plan: every image by digest, every archive with its size.</returns>
    /// <exception cref="CakeException">The plan could not be made; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Plan").Does(() =&gt;
    /// {
    ///     var plan = D8MirrorPlan(new D8MirrorPullSettings
    ///     {
    ///         Source = "registry.deckhouse.ru/deckhouse/ee",
    ///         BundleDirectory = "bundle",
    ///         IncludeModules = ["console", "prometheus@^1.2.0"],
    ///     });
    ///     Information(plan);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Plan")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorPlan D8MirrorPlan(this ICakeContext context, D8MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).Plan(settings);

    /// <summary>Says what a pull of everything of an edition would move, without downloading it.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="D8MirrorSelectionSettings.Source"/>.
    /// </param>
    /// <returns>The plan: every image by digest, every archive with its size.</returns>
    /// <exception cref="CakeException">The plan could not be made; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Plan").Does(() =&gt; D8MirrorPlan("bundle"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Plan")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorPlan D8MirrorPlan(
        this ICakeContext context, DirectoryPath bundleDirectory, string? source = null) =>
        context.D8MirrorPlan(PullForm(bundleDirectory, source));

    /// <summary>
    /// As <see cref="D8MirrorPlan(ICakeContext, D8MirrorPullSettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to pull.</param>
    /// <returns>The plan: every image by digest, every archive with its size.</returns>
    /// <exception cref="CakeException">The plan could not be made; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Plan").Does(async () =&gt;
    /// {
    ///     var plan = await D8MirrorPlanAsync(new() { BundleDirectory = "bundle" });
    ///     Information(plan);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Plan")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorPlan> D8MirrorPlanAsync(this ICakeContext context, D8MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).PlanAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorPlan(ICakeContext, DirectoryPath, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="D8MirrorSelectionSettings.Source"/>.
    /// </param>
    /// <returns>The plan: every image by digest, every archive with its size.</returns>
    /// <exception cref="CakeException">The plan could not be made; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Plan").Does(async () =&gt; await D8MirrorPlanAsync("bundle"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Plan")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorPlan> D8MirrorPlanAsync(
        this ICakeContext context, DirectoryPath bundleDirectory, string? source = null) =>
        context.D8MirrorPlanAsync(PullForm(bundleDirectory, source));

    /// <summary>Says what a pull would move, without downloading it; the settings are made in place.</summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="bundleDirectory">The folder of the bundle, which the settings begin with. Default: none.</param>
    /// <returns>The plan: every image by digest, every archive with its size.</returns>
    /// <exception cref="CakeException">The plan could not be made; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Plan").Does(() =&gt; D8MirrorPlan(settings =&gt;
    /// {
    ///     settings.BundleDirectory = "bundle";
    ///     settings.NoModules = true;
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Plan")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorPlan D8MirrorPlan(
        this ICakeContext context, Action<D8MirrorPullSettings> configure, DirectoryPath? bundleDirectory = null) =>
        context.D8MirrorPlan(Configured(configure, new D8MirrorPullSettings { BundleDirectory = bundleDirectory }));

    /// <summary>
    /// As <see cref="D8MirrorPlan(ICakeContext, Action{D8MirrorPullSettings}, DirectoryPath)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="bundleDirectory">The folder of the bundle, which the settings begin with. Default: none.</param>
    /// <returns>The plan: every image by digest, every archive with its size.</returns>
    /// <exception cref="CakeException">The plan could not be made; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Plan").Does(async () =&gt; await D8MirrorPlanAsync(settings =&gt;
    /// {
    ///     settings.BundleDirectory = "bundle";
    ///     settings.NoModules = true;
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Plan")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorPlan> D8MirrorPlanAsync(
        this ICakeContext context, Action<D8MirrorPullSettings> configure, DirectoryPath? bundleDirectory = null) =>
        context.D8MirrorPlanAsync(Configured(
            configure, new D8MirrorPullSettings { BundleDirectory = bundleDirectory }));
}
