using Cake.Core;
using Cake.Core.Annotations;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Says what changes between two states of a mirror, before anything moves.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to compare.</param>
    /// <returns>What changes; changes are no failure.</returns>
    /// <exception cref="CakeException">The states could not be compared; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Review").Does(() =&gt;
    /// {
    ///     var diff = D8MirrorDiff(new()
    ///     {
    ///         From = "bundle",
    ///         To = MirrorDiffSettings.SourceSide,
    ///         IncludeModules = ["console"],
    ///         ReportFile = "review.json",
    ///     });
    ///     Information(diff);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Review")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorDiff D8MirrorDiff(this ICakeContext context, D8MirrorDiffSettings settings) =>
        new DeckhouseMirrorRunner(context).Diff(settings);

    /// <summary>Says what changes between two states: files, or bundles.</summary>
    /// <param name="context">The context.</param>
    /// <param name="from">The state before: <c>source</c>, <c>target</c>, a lock, plan, report or bundle.</param>
    /// <param name="to">The state after, in the same words.</param>
    /// <returns>What changes; changes are no failure.</returns>
    /// <exception cref="CakeException">The states could not be compared; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Review").Does(() =&gt;
    /// {
    ///     var diff = D8MirrorDiff("bundle", "mirror.lock.json");
    ///     Information(diff);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Review")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorDiff D8MirrorDiff(this ICakeContext context, string from, string to) =>
        context.D8MirrorDiff(new D8MirrorDiffSettings { From = from, To = to });

    /// <summary>
    /// As <see cref="D8MirrorDiff(ICakeContext, D8MirrorDiffSettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to compare.</param>
    /// <returns>What changes; changes are no failure.</returns>
    /// <exception cref="CakeException">The states could not be compared; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Review").Does(async () =&gt;
    /// {
    ///     var diff = await D8MirrorDiffAsync(new()
    ///     {
    ///         From = "bundle",
    ///         To = MirrorDiffSettings.SourceSide,
    ///         IncludeModules = ["console"],
    ///         ReportFile = "review.json",
    ///     });
    ///     Information(diff);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Review")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorDiff> D8MirrorDiffAsync(this ICakeContext context, D8MirrorDiffSettings settings) =>
        new DeckhouseMirrorRunner(context).DiffAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorDiff(ICakeContext, string, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="from">The state before: <c>source</c>, <c>target</c>, a lock, plan, report or bundle.</param>
    /// <param name="to">The state after, in the same words.</param>
    /// <returns>What changes; changes are no failure.</returns>
    /// <exception cref="CakeException">The states could not be compared; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Review").Does(async () =&gt;
    /// {
    ///     var diff = await D8MirrorDiffAsync("bundle", "mirror.lock.json");
    ///     Information(diff);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Review")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorDiff> D8MirrorDiffAsync(this ICakeContext context, string from, string to) =>
        context.D8MirrorDiffAsync(new D8MirrorDiffSettings { From = from, To = to });

    /// <summary>Says what changes between two states; the settings are made in place.</summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="from">The state before, which the settings begin with. Default: none.</param>
    /// <param name="to">The state after, which the settings begin with. Default: none.</param>
    /// <returns>What changes; changes are no failure.</returns>
    /// <exception cref="CakeException">The states could not be compared; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Review").Does(() =&gt; D8MirrorDiff(settings =&gt;
    /// {
    ///     settings.Target = "registry.example.com/deckhouse/ee";
    ///     settings.ReportFile = "review.md";
    /// }, "target", "bundle"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Review")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorDiff D8MirrorDiff(
        this ICakeContext context, Action<D8MirrorDiffSettings> configure, string? from = null, string? to = null) =>
        context.D8MirrorDiff(Configured(configure, new D8MirrorDiffSettings { From = from ?? "", To = to ?? "" }));

    /// <summary>
    /// As <see cref="D8MirrorDiff(ICakeContext, Action{D8MirrorDiffSettings}, string, string)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="from">The state before, which the settings begin with. Default: none.</param>
    /// <param name="to">The state after, which the settings begin with. Default: none.</param>
    /// <returns>What changes; changes are no failure.</returns>
    /// <exception cref="CakeException">The states could not be compared; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Review").Does(async () =&gt; await D8MirrorDiffAsync(settings =&gt;
    /// {
    ///     settings.Target = "registry.example.com/deckhouse/ee";
    ///     settings.ReportFile = "review.md";
    /// }, "target", "bundle"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Review")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorDiff> D8MirrorDiffAsync(
        this ICakeContext context, Action<D8MirrorDiffSettings> configure, string? from = null, string? to = null) =>
        context.D8MirrorDiffAsync(Configured(configure, new D8MirrorDiffSettings { From = from ?? "", To = to ?? "" }));
}
