using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Copies what a pull would select straight into a registry, without a bundle.</summary>
[MSBuildMultiThreadableTask]
public sealed class D8MirrorSync : SelectionTask
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

    /// <summary>
    /// Where the installer, the Deckhouse CLI and its plugins go: <c>Auto</c> (default), <c>Target</c>, or a
    /// repository path.
    /// </summary>
    public string? BareRoot { get; set; }

    /// <summary>
    /// <c>true</c>: do not check beforehand whether the target can be written to. Default <c>false</c>.
    /// </summary>
    public string? SkipAccessCheck { get; set; }

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
        MirrorSyncSettings settings = run.Read<MirrorSyncSettings>();
        MirrorReport report =
            await run.Engine.SyncAsync(settings, run.Progress, cancellationToken).ConfigureAwait(false);
        Return(report.Plan);
        Repositories = [.. report.Repositories.Select(ReportItems.RepositoryOf)];
        PushedCount = report.Repositories.Sum(repository => repository.Pushed);
        AlreadyThereCount = report.Repositories.Sum(repository => repository.AlreadyThere);
        SentBytes = report.TransferredBytes;
        return report.Plan.Target;
    }
}
