using Cake.Core;
using Cake.Core.Annotations;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Copies what a pull would select straight into a registry, without a bundle.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to copy from where to where.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The sync failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Sync").Does(() =&gt;
    /// {
    ///     var report = D8MirrorSync(new()
    ///     {
    ///         Target = new("registry.example.com/deckhouse/ee")
    ///         {
    ///             Credential = new("robot", EnvironmentVariable("ROBOT_PASSWORD", "")),
    ///         },
    ///         IncludeModules = ["prometheus@^1.2.0"],
    ///     });
    ///     Information("{0} blobs sent, {1} mounted", report.SentBlobs, report.MountedBlobs);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Sync")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorSync(this ICakeContext context, D8MirrorSyncSettings settings) =>
        new DeckhouseMirrorRunner(context).Sync(settings);

    /// <summary>Copies the default selection of an edition straight into a registry.</summary>
    /// <param name="context">The context.</param>
    /// <param name="source">The edition: <c>host[:port]/path</c>.</param>
    /// <param name="target">The registry and path: <c>host[:port]/path</c>.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The sync failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// // The licence is read from D8_MIRROR_LICENSE_TOKEN; login and password of the target from
    /// // D8_MIRROR_REGISTRY_LOGIN and D8_MIRROR_REGISTRY_PASSWORD.
    /// Task("Sync").Does(() =&gt;
    ///     D8MirrorSync("registry.deckhouse.ru/deckhouse/ee", "registry.example.com/deckhouse/ee"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Sync")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorSync(this ICakeContext context, string source, string target) =>
        context.D8MirrorSync(new() { Source = source, Target = target });

    /// <summary>
    /// As <see cref="D8MirrorSync(ICakeContext, D8MirrorSyncSettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to copy from where to where.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The sync failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Sync").Does(async () =&gt;
    /// {
    ///     var report = await D8MirrorSyncAsync(new()
    ///     {
    ///         Target = "registry.example.com/deckhouse/ee",
    ///         Components = MirrorComponents.SecurityDb,
    ///     });
    ///     Information("{0} requests", report.Requests);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Sync")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorSyncAsync(this ICakeContext context, D8MirrorSyncSettings settings) =>
        new DeckhouseMirrorRunner(context).SyncAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorSync(ICakeContext, string, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="source">The edition: <c>host[:port]/path</c>.</param>
    /// <param name="target">The registry and path: <c>host[:port]/path</c>.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The sync failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// // Each login is read from its variables.
    /// Task("Sync").Does(async () =&gt;
    ///     await D8MirrorSyncAsync("registry.deckhouse.ru/deckhouse/ee", "registry.example.com/deckhouse/ee"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Sync")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorSyncAsync(this ICakeContext context, string source, string target) =>
        context.D8MirrorSyncAsync(new() { Source = source, Target = target });

    /// <summary>
    /// Copies what a pull would select straight into a registry, without a bundle; the settings are made in place.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="target">The target, which the settings begin with. Default: none.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The sync failed or was cancelled; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Sync").Does(() =&gt; D8MirrorSync(settings =&gt;
    /// {
    ///     settings.Source = "registry.deckhouse.ru/deckhouse/ee";
    ///     settings.Target = "registry.example.com/deckhouse/ee";
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Sync")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorSync(
        this ICakeContext context, Action<D8MirrorSyncSettings> configure, string? target = null) =>
        context.D8MirrorSync(Configured(configure, new D8MirrorSyncSettings { Target = target ?? string.Empty }));

    /// <summary>
    /// As <see cref="D8MirrorSync(ICakeContext, Action{D8MirrorSyncSettings}, string)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="target">The target, which the settings begin with. Default: none.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The sync failed or was cancelled; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Sync").Does(async () =&gt; await D8MirrorSyncAsync(settings =&gt;
    /// {
    ///     settings.Source = "registry.deckhouse.ru/deckhouse/ee";
    ///     settings.Target = "registry.example.com/deckhouse/ee";
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Sync")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorSyncAsync(
        this ICakeContext context, Action<D8MirrorSyncSettings> configure, string? target = null) =>
        context.D8MirrorSyncAsync(Configured(configure, new D8MirrorSyncSettings { Target = target ?? string.Empty }));
}
