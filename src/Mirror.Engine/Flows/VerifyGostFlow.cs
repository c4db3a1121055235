using System.Collections.Immutable;
using Mirror.Engine.Bundles;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Report;
using Mirror.Engine.Settings;
using Mirror.Engine.Verify;

namespace Mirror.Engine.Flows;

/// <summary>A verification of GOST sums: every file of every archive has one, and it is true.</summary>
internal sealed class VerifyGostFlow(EngineParts parts, EventSink events)
{
    public async Task<GostReport> RunAsync(VerifyGostDigestSettings settings, CancellationToken cancellationToken)
    {
        long start = parts.Time.GetTimestamp();
        VerifyGostDigestSettings order = SettingsCheck.Check(settings);
        ImmutableArray<StoredArchive> archives = new BundleSet(parts.Disk).Find(order.BundleDirectory, order.Files);
        ImmutableArray<SummedFile> files = await new GostVerifier(parts.Disk, parts.Time, events)
            .VerifyAsync(archives, order.BundleDirectory, cancellationToken).ConfigureAwait(false);
        GostReport report = new()
        {
            Files = [.. files.Select(file => new ReportedFile(file.Name, file.Path, file.Bytes, 0)
            {
                GostDigest = file.Sum,
            })],
            Duration = parts.Time.GetElapsedTime(start),
        };
        events.Milestone(
            $"The GOST sums of {files.Length} files are true: {ByteCount.Format(files.Sum(file => file.Bytes))} hashed "
                + $"in {report.Duration.TotalSeconds:0.0} s.");
        new RunReport(parts, events).Write(order.ReportFile, report);
        return report;
    }
}
