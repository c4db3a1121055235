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
    ///     var password = EnvironmentVariable("ROBOT_PASSWORD") ?? throw new CakeException("Set ROBOT_PASSWORD.");
    ///     var report = D8MirrorPush(new()
    ///     {
    ///         BundleDirectory = "bundle",
    ///         Target = "registry.example.com/deckhouse/ee",
    ///         Credential = new("robot", password),
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
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorPush(this ICakeContext context, D8MirrorPushSettings settings) =>
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
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorPush(this ICakeContext context, DirectoryPath bundleDirectory, string target)
    {
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        return context.D8MirrorPush(
            new D8MirrorPushSettings { BundleDirectory = bundleDirectory, Target = target });
    }

    /// <summary>
    /// As <see cref="D8MirrorPush(ICakeContext, D8MirrorPushSettings)"/>, for tasks that are asynchronous.
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
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorPushAsync(this ICakeContext context, D8MirrorPushSettings settings) =>
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
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorPushAsync(
        this ICakeContext context, DirectoryPath bundleDirectory, string target)
    {
        ArgumentNullException.ThrowIfNull(bundleDirectory);
        return context.D8MirrorPushAsync(
            new D8MirrorPushSettings { BundleDirectory = bundleDirectory, Target = target });
    }

    /// <summary>
    /// Pushes a bundle into a registry, straight out of its archives; the settings are made in place.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="bundleDirectory">The folder of the bundle, which the settings begin with. Default: none.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The push failed or was cancelled; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Push").Does(() =&gt; D8MirrorPush(settings =&gt;
    /// {
    ///     settings.Target = "registry.example.com/deckhouse/ee";
    ///     settings.Files = GetFiles("bundle/*.tar");
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Push")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorPush(
        this ICakeContext context, Action<D8MirrorPushSettings> configure, DirectoryPath? bundleDirectory = null) =>
        context.D8MirrorPush(Configured(configure, new D8MirrorPushSettings { BundleDirectory = bundleDirectory }));

    /// <summary>
    /// As <see cref="D8MirrorPush(ICakeContext, Action{D8MirrorPushSettings}, DirectoryPath)"/>, for tasks that are
    /// asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="bundleDirectory">The folder of the bundle, which the settings begin with. Default: none.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The push failed or was cancelled; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Push").Does(async () =&gt; await D8MirrorPushAsync(settings =&gt;
    /// {
    ///     settings.Target = "registry.example.com/deckhouse/ee";
    ///     settings.Files = GetFiles("bundle/*.tar");
    /// }));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Push")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorPushAsync(
        this ICakeContext context, Action<D8MirrorPushSettings> configure, DirectoryPath? bundleDirectory = null) =>
        context.D8MirrorPushAsync(Configured(
            configure, new D8MirrorPushSettings { BundleDirectory = bundleDirectory }));

    /// <summary>Pushes single archives into a registry.</summary>
    /// <param name="context">The context.</param>
    /// <param name="files">The archives, or any chunk of each; patterns are searched for.</param>
    /// <param name="target">The registry and path: <c>host[:port]/path</c>.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The push failed or was cancelled; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Push").Does(() =&gt; D8MirrorPush(GetFiles("bundle/*.tar"), "registry.example.com/deckhouse/ee"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Push")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorReport D8MirrorPush(
        this ICakeContext context, FilePathCollection files, string target)
    {
        ArgumentNullException.ThrowIfNull(files);
        return context.D8MirrorPush(new D8MirrorPushSettings { Files = files, Target = target });
    }

    /// <summary>
    /// As <see cref="D8MirrorPush(ICakeContext, FilePathCollection, string)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="files">The archives, or any chunk of each; patterns are searched for.</param>
    /// <param name="target">The registry and path: <c>host[:port]/path</c>.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The push failed or was cancelled; the message has every fault.</exception>
    /// <example>
    /// <code>
    /// Task("Push").Does(async () =&gt;
    ///     await D8MirrorPushAsync(GetFiles("bundle/*.tar"), "registry.example.com/deckhouse/ee"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Push")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorReport> D8MirrorPushAsync(
        this ICakeContext context, FilePathCollection files, string target)
    {
        ArgumentNullException.ThrowIfNull(files);
        return context.D8MirrorPushAsync(new D8MirrorPushSettings { Files = files, Target = target });
    }
}
