using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Writes the lock of a pull: which image each tag stands for now.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to pull, and the lock.</param>
    /// <returns>What is locked, and what changed since the earlier lock.</returns>
    /// <exception cref="CakeException">The lock could not be made; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Lock").Does(() =&gt;
    /// {
    ///     var locked = D8MirrorLock(new D8MirrorPullSettings
    ///     {
    ///         Source = "registry.deckhouse.ru/deckhouse/ee",
    ///         LockFile = "mirror.lock.json",
    ///         LockUpdate = ["module-console"],
    ///     });
    ///     Information(locked);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Lock")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorLockResult D8MirrorLock(this ICakeContext context, D8MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).Lock(settings);

    /// <summary>Writes the lock of a pull of everything of an edition.</summary>
    /// <param name="context">The context.</param>
    /// <param name="lockFile">The lock.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="D8MirrorSelectionSettings.Source"/>.
    /// </param>
    /// <returns>What is locked, and what changed since the earlier lock.</returns>
    /// <exception cref="CakeException">The lock could not be made; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Lock").Does(() =&gt; D8MirrorLock("mirror.lock.json"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Lock")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorLockResult D8MirrorLock(
        this ICakeContext context, FilePath lockFile, string? source = null) =>
        context.D8MirrorLock(LockForm(lockFile, source));

    /// <summary>
    /// As <see cref="D8MirrorLock(ICakeContext, D8MirrorPullSettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to pull, and the lock.</param>
    /// <returns>What is locked, and what changed since the earlier lock.</returns>
    /// <exception cref="CakeException">The lock could not be made; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Lock").Does(async () =&gt;
    /// {
    ///     var locked = await D8MirrorLockAsync(new D8MirrorPullSettings
    ///     {
    ///         Source = "registry.deckhouse.ru/deckhouse/ee",
    ///         LockFile = "mirror.lock.json",
    ///         LockUpdate = ["module-console"],
    ///     });
    ///     Information(locked);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Lock")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorLockResult> D8MirrorLockAsync(
        this ICakeContext context, D8MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).LockAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorLock(ICakeContext, FilePath, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="lockFile">The lock.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="D8MirrorSelectionSettings.Source"/>.
    /// </param>
    /// <returns>What is locked, and what changed since the earlier lock.</returns>
    /// <exception cref="CakeException">The lock could not be made; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Lock").Does(async () =&gt; await D8MirrorLockAsync("mirror.lock.json"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Lock")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorLockResult> D8MirrorLockAsync(
        this ICakeContext context, FilePath lockFile, string? source = null) =>
        context.D8MirrorLockAsync(LockForm(lockFile, source));

    /// <summary>Writes the lock of a pull; the settings are made in place.</summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="lockFile">The lock, which the settings begin with. Default: none.</param>
    /// <returns>What is locked, and what changed since the earlier lock.</returns>
    /// <exception cref="CakeException">The lock could not be made; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Lock").Does(() =&gt; D8MirrorLock(settings =&gt;
    /// {
    ///     settings.LockFile = "mirror.lock.json";
    ///     settings.NoModules = true;
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Lock")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorLockResult D8MirrorLock(
        this ICakeContext context, Action<D8MirrorPullSettings> configure, FilePath? lockFile = null) =>
        context.D8MirrorLock(Configured(configure, new D8MirrorPullSettings { LockFile = lockFile }));

    /// <summary>
    /// As <see cref="D8MirrorLock(ICakeContext, Action{D8MirrorPullSettings}, FilePath)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="lockFile">The lock, which the settings begin with. Default: none.</param>
    /// <returns>What is locked, and what changed since the earlier lock.</returns>
    /// <exception cref="CakeException">The lock could not be made; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Lock").Does(async () =&gt; await D8MirrorLockAsync(settings =&gt;
    /// {
    ///     settings.LockFile = "mirror.lock.json";
    ///     settings.NoModules = true;
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Lock")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorLockResult> D8MirrorLockAsync(
        this ICakeContext context, Action<D8MirrorPullSettings> configure, FilePath? lockFile = null) =>
        context.D8MirrorLockAsync(Configured(configure, new D8MirrorPullSettings { LockFile = lockFile }));

    private static D8MirrorPullSettings LockForm(FilePath lockFile, string? source)
    {
        ArgumentNullException.ThrowIfNull(lockFile);
        D8MirrorPullSettings settings = new() { LockFile = lockFile };
        settings.Source = source is null ? settings.Source : source;
        return settings;
    }
}
