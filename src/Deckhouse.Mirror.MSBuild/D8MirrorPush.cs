using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Pushes a bundle into a registry, straight out of its archives.</summary>
[MSBuildMultiThreadableTask]
public sealed class D8MirrorPush : ConnectionTask
{
    /// <summary>The target: <c>host[:port]/path</c> of the edition there. Required (D8M1001).</summary>
    public string? Target { get; set; }

    /// <summary>As <see cref="ConnectionTask.Insecure"/>, for the target only.</summary>
    public string? TargetInsecure { get; set; }

    /// <summary>As <see cref="ConnectionTask.TlsSkipVerify"/>, for the target only.</summary>
    public string? TargetTlsSkipVerify { get; set; }

    /// <summary>As <see cref="ConnectionTask.CaFile"/>, for the target only.</summary>
    public string? TargetCaFile { get; set; }

    /// <summary>As <see cref="ConnectionTask.ClientCertificateFile"/>, for the target only.</summary>
    public string? TargetClientCertificateFile { get; set; }

    /// <summary>As <see cref="ConnectionTask.ClientKeyFile"/>, for the target only.</summary>
    public string? TargetClientKeyFile { get; set; }

    /// <summary>As <see cref="ConnectionTask.ModulesPathSuffix"/>, for the target only.</summary>
    public string? TargetModulesPathSuffix { get; set; }

    /// <summary>
    /// User name for the target registry; the password comes from a variable. Default: <c>D8_MIRROR_REGISTRY_LOGIN</c>.
    /// </summary>
    public string? RegistryLogin { get; set; }

    /// <summary>
    /// The name of the variable with the target's password. Default: <c>D8_MIRROR_REGISTRY_PASSWORD</c>.
    /// </summary>
    public string? RegistryPasswordVariable { get; set; }

    /// <summary>The folder of the bundle; it is only read. Required unless there are <see cref="Files"/>.</summary>
    public string? BundleDirectory { get; set; }

    /// <summary>
    /// Single archives, besides the folder: <c>.tar</c> files, or any chunk of a set. Default: none.
    /// </summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>
    /// Where the installer, the Deckhouse CLI and its plugins go: <c>Auto</c> (default), <c>Target</c>, or a
    /// repository path.
    /// </summary>
    public string? BareRoot { get; set; }

    /// <summary><c>true</c>: check the GOST sums before anything is sent. Default <c>false</c>.</summary>
    public string? VerifyGost { get; set; }

    /// <summary>
    /// <c>true</c>: do not check beforehand whether the target can be written to. Default <c>false</c>.
    /// </summary>
    public string? SkipAccessCheck { get; set; }

    /// <summary>Accepted, and not needed: a push writes no temporary files.</summary>
    public string? TmpDir { get; set; }

    /// <summary>
    /// The images at the target, one item per image and archive: the reference, with the metadata <c>Repository</c>,
    /// <c>Tag</c>, <c>Digest</c>, <c>MediaType</c>, <c>Size</c> and <c>Archive</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>
    /// The repositories of the target, with the metadata <c>Pushed</c> and <c>AlreadyThere</c> (numbers of tags).
    /// </summary>
    [Output]
    public ITaskItem[] Repositories { get; set; } = [];

    /// <summary>The number of tags that were written.</summary>
    [Output]
    public long PushedCount { get; set; }

    /// <summary>The number of tags that were there as planned before.</summary>
    [Output]
    public long AlreadyThereCount { get; set; }

    /// <summary>Bytes that were sent as blobs.</summary>
    [Output]
    public long SentBytes { get; set; }

    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorPushSettings settings = run.Read<MirrorPushSettings>();
        MirrorReport report =
            await run.Engine.PushAsync(settings, run.Progress, cancellationToken).ConfigureAwait(false);
        Images = [.. report.Plan.Archives.SelectMany(ReportItems.ImagesOf)];
        Repositories = [.. report.Repositories.Select(ReportItems.RepositoryOf)];
        PushedCount = report.Repositories.Sum(repository => repository.Pushed);
        AlreadyThereCount = report.Repositories.Sum(repository => repository.AlreadyThere);
        SentBytes = report.TransferredBytes;
        return report.Plan.Target;
    }
}
