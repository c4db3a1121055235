using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Pushes a bundle into a registry, straight out of its archives.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to push, and where.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The push failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Push").Does(() =&gt;
    /// {
    ///     var report = D8MirrorPush(new()
    ///     {
    ///         BundleDirectory = "bundle",
    ///         Target = "registry.example.com/deckhouse/ee",
    ///         Credential = new("robot", EnvironmentVariable("ROBOT_PASSWORD", "")),
    ///         VerifyGostDigest = true,
    ///     });
    ///     foreach (var repository in report.Repositories)
    ///     {
    ///         Information("{0}: {1} tags pushed", repository.Repository, repository.Pushed);
    ///     }
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Push")]
    public static MirrorReport D8MirrorPush(this ICakeContext context, MirrorPushSettings settings) =>
        new DeckhouseMirrorRunner(context).Push(settings);

    /// <summary>Pushes a bundle folder into a registry.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="target">The registry and path: <c>host[:port]/path</c>.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The push failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// // Login and password are read from D8_MIRROR_REGISTRY_LOGIN and D8_MIRROR_REGISTRY_PASSWORD.
    /// Task("Push").Does(() =&gt; D8MirrorPush("bundle", "registry.example.com/deckhouse/ee"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Push")]
    public static MirrorReport D8MirrorPush(this ICakeContext context, DirectoryPath bundleDirectory, string target)
    {
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        return context.D8MirrorPush(
            new MirrorPushSettings { BundleDirectory = bundleDirectory.FullPath, Target = target });
    }

    /// <summary>
    /// As <see cref="D8MirrorPush(ICakeContext, MirrorPushSettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">What to push, and where.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The push failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Push").Does(async () =&gt;
    /// {
    ///     var report = await D8MirrorPushAsync(new()
    ///     {
    ///         Files = ["bundle/platform.tar"],
    ///         Target = "registry.example.com/deckhouse/ee",
    ///     });
    ///     Information("{0} blobs sent", report.SentBlobs);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Push")]
    public static Task<MirrorReport> D8MirrorPushAsync(this ICakeContext context, MirrorPushSettings settings) =>
        new DeckhouseMirrorRunner(context).PushAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorPush(ICakeContext, DirectoryPath, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="bundleDirectory">The folder of the bundle.</param>
    /// <param name="target">The registry and path: <c>host[:port]/path</c>.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The push failed or was cancelled; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// // Login and password are read from D8_MIRROR_REGISTRY_LOGIN and D8_MIRROR_REGISTRY_PASSWORD.
    /// Task("Push").Does(async () =&gt; await D8MirrorPushAsync("bundle", "registry.example.com/deckhouse/ee"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Push")]
    public static Task<MirrorReport> D8MirrorPushAsync(
        this ICakeContext context, DirectoryPath bundleDirectory, string target)
    {
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        return context.D8MirrorPushAsync(
            new MirrorPushSettings { BundleDirectory = bundleDirectory.FullPath, Target = target });
    }
}
