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
    ///     var plan = D8MirrorPlan(new MirrorPullSettings
    ///     {
    ///         Source = "registry.deckhouse.ru/deckhouse/ee",
    ///         BundleDirectory = "bundle",
    ///         IncludeModules = ["console", "prometheus@^1.2.0"],
    ///     });
    ///     Information("{0} images, {1} bytes", plan.ImageCount, plan.FileBytes);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Plan")]
    public static MirrorPlan D8MirrorPlan(this ICakeContext context, MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).Plan(settings);

    /// <summary>Says what a pull of everything of an edition would move, without downloading it.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="MirrorSelectionSettings.Source"/>.
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
    public static MirrorPlan D8MirrorPlan(
        this ICakeContext context, DirectoryPath bundleDirectory, string? source = null) =>
        context.D8MirrorPlan(PullForm(bundleDirectory, source));

    /// <summary>
    /// As <see cref="D8MirrorPlan(ICakeContext, MirrorPullSettings)"/>, for tasks that are asynchronous.
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
    ///     Information("{0} images, {1} bytes", plan.ImageCount, plan.FileBytes);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Plan")]
    public static Task<MirrorPlan> D8MirrorPlanAsync(this ICakeContext context, MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).PlanAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorPlan(ICakeContext, DirectoryPath, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="MirrorSelectionSettings.Source"/>.
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
    public static Task<MirrorPlan> D8MirrorPlanAsync(
        this ICakeContext context, DirectoryPath bundleDirectory, string? source = null) =>
        context.D8MirrorPlanAsync(PullForm(bundleDirectory, source));
}
