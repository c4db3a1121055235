using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.House;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Schedules;

/// <summary>Runs schedules against two sources, one of which wants tokens, on a disk in memory.</summary>
internal sealed class FaultScheduleRun(ScheduleSource open, ScheduleSource guarded)
{
    private static readonly string Documented = File.ReadAllText(RepositoryTree.PathOf("docs/errors.md"));

    /// <summary>What the seed stands for.</summary>
    public FaultSchedule Schedule(int seed) => FaultSchedule.Of(seed, open.Registry.Content, open.Operations);

    /// <summary>
    /// Pulls with everything going wrong that the schedule says, and looks at what is there; then pulls again without.
    /// </summary>
    /// <returns>
    /// The code that the first pull failed with, or <c>stored</c>; <c>undisturbed</c> if the source did nothing wrong.
    /// </returns>
    public async Task<string> RunAsync(FaultSchedule schedule)
    {
        ScheduleSource source = schedule.HasTokens ? guarded : open;
        SortedDictionary<string, byte[]> expected = await source.BundleAsync(schedule.Form);
        SortedDictionary<string, byte[]> earlier = schedule.Earlier is { } form
            ? await (schedule.HasTokens ? open : guarded).BundleAsync(form)
            : [];
        SimulatedDisk disk = new();
        disk.Put(earlier);

        (MirrorException? failure, bool isDisturbed) = await DisturbAsync(schedule, source, disk);
        if (failure is null)
        {
            BundleRun.DemandSame(expected, disk.Files());
        }
        else
        {
            DemandDocumented(failure);
            await DemandNothingNewAsync(schedule, disk, earlier, expected);
        }

        Assert.Null(await PullAsync(schedule, source, disk, []));
        BundleRun.DemandSame(expected, disk.Files());
        return failure?.Faults[0].Code ?? (isDisturbed ? "stored" : "undisturbed");
    }

    private static async Task<(MirrorException? Failure, bool IsDisturbed)> DisturbAsync(
        FaultSchedule schedule, ScheduleSource source, SimulatedDisk disk)
    {
        List<FaultRule> rules =
        [
            .. schedule.Wire.Select(fault => source.Registry.Faults.Add(fault.Matches, fault.Fault, fault.Times)),
        ];
        source.AfterAnswers(schedule.TokensEndAfter ?? 0, () => source.Registry.Tokens?.RevokeAll());
        ScriptedDisk disturbed = schedule.Disk?.On(disk) ?? new ScriptedDisk(disk);
        disturbed.Space = schedule.Space is { } space ? _ => new DiskSpace("small", space) : null;
        List<RequestGate> gates = [.. schedule.Wire.Select(fault => fault.Fault.Gate).OfType<RequestGate>()];
        try
        {
            MirrorException? failure = await PullAsync(schedule, source, disturbed, gates);
            return (failure, rules.Exists(rule => rule.Applied > 0));
        }
        finally
        {
            gates.ForEach(gate => gate.Open());
            source.Registry.Faults.Clear();
            source.AfterAnswers(0, () => { });
        }
    }

    private static async Task<MirrorException?> PullAsync(
        FaultSchedule schedule, ScheduleSource source, IDisk disk, List<RequestGate> gates)
    {
        MirrorPullSettings settings = source.Settings(schedule.Form) with
        {
            Force = schedule.Earlier is not null,
            Transfer = new TransferLimits { MaxConnections = schedule.Connections },
        };
        Task pull = source.Engine(disk, schedule.Seed)
            .PullAsync(settings, null, TestContext.Current.CancellationToken);
        Task[] stalls = [.. gates.Select(gate => EndStallAsync(pull, source, gate))];
        try
        {
            await source.Time.DrivePausesAsync(pull);
            return null;
        }
        catch (MirrorException failure)
        {
            return failure;
        }
        finally
        {
            await Task.WhenAll(stalls);
        }
    }

    /// <summary>Once a request hangs, the next limit on somebody's silence is reached; then the peer goes on.</summary>
    private static async Task EndStallAsync(Task pull, ScheduleSource source, RequestGate gate)
    {
        await Task.WhenAny(pull, gate.Reached);
        if (!pull.IsCompleted)
        {
            using CancellationTokenSource ended = new();
            Task limit = source.Time.ReachLimitAsync(0, ended.Token);
            await Task.WhenAny(pull, limit);
            await ended.CancelAsync();
            await limit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        gate.Open();
    }

    private static void DemandDocumented(MirrorException failure) => Assert.All(failure.Faults, fault =>
    {
        Assert.Contains($"## {fault.Code}\n", Documented, StringComparison.Ordinal);
        Assert.False(fault.Code.StartsWith("D8M9", StringComparison.Ordinal), fault.ToString());
    });

    /// <summary>
    /// What is there under final names is the earlier bundle. Only when the disk failed in the middle of a commit is
    /// some of it the new one, and the folder says that it is unfinished.
    /// </summary>
    private static async Task DemandNothingNewAsync(
        FaultSchedule schedule,
        SimulatedDisk disk,
        SortedDictionary<string, byte[]> earlier,
        SortedDictionary<string, byte[]> expected)
    {
        SortedDictionary<string, byte[]> files = disk.Files();
        if (files.ContainsKey(BundleNames.Commit))
        {
            Assert.Empty(await new FinalNames(earlier, expected).ProblemsAsync(disk));
            return;
        }

        // The very last operation makes it durable that the record is gone. Then all that was to be done is done.
        SortedDictionary<string, byte[]> final =
            new(files.Where(file => !IsOurs(file.Key)).ToDictionary(), StringComparer.Ordinal);
        bool isLast = schedule.Disk?.Operations.Contains("flush-folder") == true
            && final.GetValueOrDefault(BundleNames.Index).AsSpan().SequenceEqual(expected[BundleNames.Index]);
        BundleRun.DemandSame(isLast ? expected : earlier, final);
    }

    private static bool IsOurs(string name) => Path.GetExtension(name) is ".part" or ".journal";
}
