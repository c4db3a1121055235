using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Hashing;
using Mirror.Engine.Report;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Verify;

namespace Mirror.Engine.Flows;

/// <summary>A verification of GOST sums: every file of every archive has one, and it is true.</summary>
internal sealed class VerifyGostFlow(EngineParts parts, EventSink events)
{
    public async Task<GostReport> RunAsync(
        MirrorVerifyGostDigestSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        long start = parts.Time.GetTimestamp();
        MirrorVerifyGostDigestSettings order = SettingsCheck.Check(settings, report.Prepare());
        GostHasher hasher = GostChoice.Choose(parts.Environment);
        BundleSet set = new(parts.Disk);
        ImmutableArray<StoredArchive> archives = set.Find(order.BundleDirectory, order.Files, cancellationToken);
        new WarningLog(events).Add(set.Warnings);
        ImmutableArray<SummedFile> files = await new GostVerifier(parts.Disk, hasher, parts.Time, events)
            .CheckAsync(archives, order.BundleDirectory, cancellationToken).ConfigureAwait(false);
        GostRecord record = new(
            [.. files.Select(file => new GostRecordFile(
                file.Name, file.Bytes, file.Expected, file.Actual, file.Fault?.Code))],
            hasher.Name);
        report.Add(record);
        ImmutableArray<Fault> faults = [.. files.Select(file => file.Fault).OfType<Fault>()];
        if (!faults.IsEmpty)
        {
            throw new MirrorException(faults);
        }

        TimeSpan duration = parts.Time.GetElapsedTime(start);

        events.Milestone(
            $"GOST checksums OK for {ItemCount.Format(files.Length, "files")}: "
                + $"{ByteCount.Format(files.Sum(file => file.Bytes))} hashed in {SecondCount.Format(duration)}.");
        return new GostReport
        {
            Files = [.. files.Select(file => new ReportedFile(file.Name, file.Path, file.Bytes, 0)
            {
                GostDigest = file.Actual,
            })],
            Kernel = record.Kernel,
            Finished = parts.Time.GetUtcNow(),
            Duration = duration,
        };
    }
}
