using Microsoft.Build.Framework;
using Mirror.Engine;
using Mirror.Engine.Settings.Checks;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Verifies the GOST R 34.11-2012 sums beside archives: each file has one, and it is true.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyGostDigest : BundleFilesTask
{
    private protected override string Verb => "verification of GOST sums";

    private protected override async Task RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        GostReport report = await run.Engine.VerifyGostDigestAsync(
            SettingsReader.ReadVerifyGost(run.Values), run.Progress, cancellationToken).ConfigureAwait(false);
        Return(report.Files);
    }
}
