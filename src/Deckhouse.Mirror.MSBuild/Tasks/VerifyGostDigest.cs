using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Verifies the GOST R 34.11-2012 sums beside archives: each file has one, and it is true.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyGostDigest : BundleFilesTask
{
    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        GostReport report = await run.Engine.VerifyGostDigestAsync(
            run.Read<MirrorVerifyGostDigestSettings>(MirrorVerb.VerifyGostDigest), run.Progress, cancellationToken)
            .ConfigureAwait(false);
        Return(run, report.Files);
        return null;
    }
}
