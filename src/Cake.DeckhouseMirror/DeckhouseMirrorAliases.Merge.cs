using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Makes a full bundle out of a delta and the bundles before it.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to merge, and where to.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The merge failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Merge").Does(() =&gt;
    /// {
    ///     var report = D8MirrorMerge(new()
    ///     {
    ///         MergeFrom = ["delta", "bundle"],
    ///         BundleDirectory = "merged",
    ///         GostDigest = true,
    ///     });
    ///     Information(report);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Merge")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorMerge(this ICakeContext context, D8MirrorMergeSettings settings) =>
        new DeckhouseMirrorRunner(context).Merge(settings);

    /// <summary>Makes a full bundle out of folders, in any order.</summary>
    /// <param name="context">The context.</param>
    /// <param name="mergeFrom">The folders: the delta, and the bundles and deltas before it.</param>
    /// <param name="bundleDirectory">The folder of the full bundle.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The merge failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Merge").Does(() =&gt; D8MirrorMerge(["delta", "bundle"], "merged"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Merge")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorMerge(
        this ICakeContext context, DirectoryPathCollection mergeFrom, DirectoryPath bundleDirectory) =>
        context.D8MirrorMerge(MergeForm(mergeFrom, bundleDirectory));

    /// <summary>
    /// As <see cref="D8MirrorMerge(ICakeContext, D8MirrorMergeSettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to merge, and where to.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The merge failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Merge").Does(async () =&gt;
    /// {
    ///     var report = await D8MirrorMergeAsync(new()
    ///     {
    ///         MergeFrom = ["delta", "bundle"],
    ///         BundleDirectory = "merged",
    ///         GostDigest = true,
    ///     });
    ///     Information(report);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Merge")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorMergeAsync(this ICakeContext context, D8MirrorMergeSettings settings) =>
        new DeckhouseMirrorRunner(context).MergeAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorMerge(ICakeContext, DirectoryPathCollection, DirectoryPath)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="mergeFrom">The folders: the delta, and the bundles and deltas before it.</param>
    /// <param name="bundleDirectory">The folder of the full bundle.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The merge failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Merge").Does(async () =&gt; await D8MirrorMergeAsync(["delta", "bundle"], "merged"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Merge")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorMergeAsync(
        this ICakeContext context, DirectoryPathCollection mergeFrom, DirectoryPath bundleDirectory) =>
        context.D8MirrorMergeAsync(MergeForm(mergeFrom, bundleDirectory));

    /// <summary>Makes a full bundle out of a delta and the bundles before it; the settings are made in place.</summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="bundleDirectory">The folder to write, which the settings begin with. Default: none.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The merge failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Merge").Does(() =&gt; D8MirrorMerge(settings =&gt;
    /// {
    ///     settings.MergeFrom = GetDirectories("bundles/*");
    ///     settings.LockFile = "mirror.lock.json";
    /// }, "merged"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Merge")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorMerge(
        this ICakeContext context, Action<D8MirrorMergeSettings> configure, DirectoryPath? bundleDirectory = null) =>
        context.D8MirrorMerge(
            Configured(configure, new D8MirrorMergeSettings { BundleDirectory = bundleDirectory }));

    /// <summary>
    /// As <see cref="D8MirrorMerge(ICakeContext, Action{D8MirrorMergeSettings}, DirectoryPath)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="bundleDirectory">The folder to write, which the settings begin with. Default: none.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The merge failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Merge").Does(async () =&gt; await D8MirrorMergeAsync(settings =&gt;
    /// {
    ///     settings.MergeFrom = GetDirectories("bundles/*");
    ///     settings.LockFile = "mirror.lock.json";
    /// }, "merged"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Merge")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorMergeAsync(
        this ICakeContext context, Action<D8MirrorMergeSettings> configure, DirectoryPath? bundleDirectory = null) =>
        context.D8MirrorMergeAsync(
            Configured(configure, new D8MirrorMergeSettings { BundleDirectory = bundleDirectory }));

    private static D8MirrorMergeSettings MergeForm(DirectoryPathCollection mergeFrom, DirectoryPath bundleDirectory)
    {
        ArgumentNullException.ThrowIfNull(mergeFrom);
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        return new D8MirrorMergeSettings { MergeFrom = mergeFrom, BundleDirectory = bundleDirectory };
    }
}
