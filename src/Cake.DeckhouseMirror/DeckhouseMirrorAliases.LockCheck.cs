using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Says what locking would change, and writes nothing.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to pull, and the lock.</param>
    /// <returns>What would be locked, and what would change; a change is no failure.</returns>
    /// <exception cref="CakeException">The lock could not be checked; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(() =&gt;
    /// {
    ///     var check = D8MirrorLockCheck(new D8MirrorPullSettings
    ///     {
    ///         LockFile = "mirror.lock.json",
    ///         ReportFile = "changes.md",
    ///     });
    ///     if (check.HasChanged)
    ///     {
    ///         Information(check.Changes);
    ///     }
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Lock")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorLockResult D8MirrorLockCheck(this ICakeContext context, D8MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).LockCheck(settings);

    /// <summary>Says what locking everything of an edition would change, and writes nothing.</summary>
    /// <param name="context">The context.</param>
    /// <param name="lockFile">The lock.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="D8MirrorSelectionSettings.Source"/>.
    /// </param>
    /// <returns>What would be locked, and what would change; a change is no failure.</returns>
    /// <exception cref="CakeException">The lock could not be checked; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(() =&gt; D8MirrorLockCheck("mirror.lock.json"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Lock")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorLockResult D8MirrorLockCheck(
        this ICakeContext context, FilePath lockFile, string? source = null) =>
        context.D8MirrorLockCheck(LockForm(lockFile, source));

    /// <summary>
    /// As <see cref="D8MirrorLockCheck(ICakeContext, D8MirrorPullSettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to pull, and the lock.</param>
    /// <returns>What would be locked, and what would change; a change is no failure.</returns>
    /// <exception cref="CakeException">The lock could not be checked; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(async () =&gt;
    /// {
    ///     var check = await D8MirrorLockCheckAsync(new D8MirrorPullSettings
    ///     {
    ///         LockFile = "mirror.lock.json",
    ///         ReportFile = "changes.md",
    ///     });
    ///     if (check.HasChanged)
    ///     {
    ///         Information(check.Changes);
    ///     }
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Lock")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorLockResult> D8MirrorLockCheckAsync(
        this ICakeContext context, D8MirrorPullSettings settings) =>
        new DeckhouseMirrorRunner(context).LockCheckAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorLockCheck(ICakeContext, FilePath, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="lockFile">The lock.</param>
    /// <param name="source">
    /// The edition: <c>host[:port]/path</c>. Default: that of <see cref="D8MirrorSelectionSettings.Source"/>.
    /// </param>
    /// <returns>What would be locked, and what would change; a change is no failure.</returns>
    /// <exception cref="CakeException">The lock could not be checked; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(async () =&gt; await D8MirrorLockCheckAsync("mirror.lock.json"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Lock")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorLockResult> D8MirrorLockCheckAsync(
        this ICakeContext context, FilePath lockFile, string? source = null) =>
        context.D8MirrorLockCheckAsync(LockForm(lockFile, source));

    /// <summary>Says what locking would change, and writes nothing; the settings are made in place.</summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="lockFile">The lock, which the settings begin with. Default: none.</param>
    /// <returns>What would be locked, and what would change; a change is no failure.</returns>
    /// <exception cref="CakeException">The lock could not be checked; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(() =&gt; D8MirrorLockCheck(settings =&gt;
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
    public static MirrorLockResult D8MirrorLockCheck(
        this ICakeContext context, Action<D8MirrorPullSettings> configure, FilePath? lockFile = null) =>
        context.D8MirrorLockCheck(Configured(configure, new D8MirrorPullSettings { LockFile = lockFile }));

    /// <summary>
    /// As <see cref="D8MirrorLockCheck(ICakeContext, Action{D8MirrorPullSettings}, FilePath)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="lockFile">The lock, which the settings begin with. Default: none.</param>
    /// <returns>What would be locked, and what would change; a change is no failure.</returns>
    /// <exception cref="CakeException">The lock could not be checked; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Check").Does(async () =&gt; await D8MirrorLockCheckAsync(settings =&gt;
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
    public static Task<MirrorLockResult> D8MirrorLockCheckAsync(
        this ICakeContext context, Action<D8MirrorPullSettings> configure, FilePath? lockFile = null) =>
        context.D8MirrorLockCheckAsync(Configured(configure, new D8MirrorPullSettings { LockFile = lockFile }));
}
