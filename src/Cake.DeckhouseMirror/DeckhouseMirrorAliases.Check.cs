using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>
    /// Compares targets with what should be there: a lock, a bundle or an inventory. Nothing is written.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">Which targets, and what should be there.</param>
    /// <returns>What was found at each target.</returns>
    /// <exception cref="CakeException">A target is not as it should be; all that is wrong is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(() =&gt;
    /// {
    ///     var result = D8MirrorCheck(new()
    ///     {
    ///         Targets = ["a.example.com/deckhouse/ee", "b.example.com/deckhouse/ee"],
    ///         LockFile = "mirror.lock.json",
    ///         CheckDepth = CheckDepth.Manifests,
    ///     });
    ///     Information("Every target has state {0}", result.StateId);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Check")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorCheckResult D8MirrorCheck(this ICakeContext context, D8MirrorCheckSettings settings) =>
        new DeckhouseMirrorRunner(context).Check(settings);

    /// <summary>Compares a target with a bundle: which image each tag stands for.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle that should be there.</param>
    /// <param name="target">The registry and path: <c>host[:port]/path</c>.</param>
    /// <returns>What was found at each target.</returns>
    /// <exception cref="CakeException">A target is not as it should be; all that is wrong is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(() =&gt; D8MirrorCheck("bundle", "registry.example.com/deckhouse/ee"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Check")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorCheckResult D8MirrorCheck(
        this ICakeContext context, DirectoryPath bundleDirectory, string target) =>
        context.D8MirrorCheck(CheckForm(bundleDirectory, target));

    /// <summary>
    /// As <see cref="D8MirrorCheck(ICakeContext, D8MirrorCheckSettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">Which targets, and what should be there.</param>
    /// <returns>What was found at each target.</returns>
    /// <exception cref="CakeException">A target is not as it should be; all that is wrong is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(async () =&gt;
    /// {
    ///     var result = await D8MirrorCheckAsync(new()
    ///     {
    ///         Targets = ["a.example.com/deckhouse/ee", "b.example.com/deckhouse/ee"],
    ///         LockFile = "mirror.lock.json",
    ///         CheckDepth = CheckDepth.Manifests,
    ///     });
    ///     Information("Every target has state {0}", result.StateId);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Check")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorCheckResult> D8MirrorCheckAsync(
        this ICakeContext context, D8MirrorCheckSettings settings) =>
        new DeckhouseMirrorRunner(context).CheckAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorCheck(ICakeContext, DirectoryPath, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle that should be there.</param>
    /// <param name="target">The registry and path: <c>host[:port]/path</c>.</param>
    /// <returns>What was found at each target.</returns>
    /// <exception cref="CakeException">A target is not as it should be; all that is wrong is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(async () =&gt; await D8MirrorCheckAsync("bundle", "registry.example.com/deckhouse/ee"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Check")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorCheckResult> D8MirrorCheckAsync(
        this ICakeContext context, DirectoryPath bundleDirectory, string target) =>
        context.D8MirrorCheckAsync(CheckForm(bundleDirectory, target));

    /// <summary>Compares a target with what should be there; the settings are made in place.</summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="target">The target, which the settings begin with. Default: none.</param>
    /// <returns>What was found at each target.</returns>
    /// <exception cref="CakeException">A target is not as it should be; all that is wrong is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").DoesForEach(new[] { "a.example.com/ee", "b.example.com/ee" }, target =&gt;
    ///     D8MirrorCheck(settings =&gt; settings.LockFile = "mirror.lock.json", target));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Check")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorCheckResult D8MirrorCheck(
        this ICakeContext context, Action<D8MirrorCheckSettings> configure, string? target = null) =>
        context.D8MirrorCheck(Configured(configure, new D8MirrorCheckSettings { Target = target ?? "" }));

    /// <summary>
    /// As <see cref="D8MirrorCheck(ICakeContext, Action{D8MirrorCheckSettings}, string)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="target">The target, which the settings begin with. Default: none.</param>
    /// <returns>What was found at each target.</returns>
    /// <exception cref="CakeException">A target is not as it should be; all that is wrong is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(async () =&gt; await D8MirrorCheckAsync(
    ///     settings =&gt; settings.LockFile = "mirror.lock.json", "registry.example.com/deckhouse/ee"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Check")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorCheckResult> D8MirrorCheckAsync(
        this ICakeContext context, Action<D8MirrorCheckSettings> configure, string? target = null) =>
        context.D8MirrorCheckAsync(Configured(configure, new D8MirrorCheckSettings { Target = target ?? "" }));

    private static D8MirrorCheckSettings CheckForm(DirectoryPath bundleDirectory, string target)
    {
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        return new D8MirrorCheckSettings { BundleDirectory = bundleDirectory, Target = target };
    }
}
