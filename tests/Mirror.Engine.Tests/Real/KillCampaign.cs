using System.Globalization;
using System.Text;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// Pulls of one slowed source, whole and in chunks by turns, each killed at a moment drawn from the length of an
/// uninterrupted pull, and then resumed at full speed.
/// </summary>
internal sealed class KillCampaign(TestRegistry registry, TemporaryFolder folder, int seed)
{
    public static readonly PullPhase[] Phases = [PullPhase.Planning, PullPhase.Transfer, PullPhase.Publish];

    /// <summary>Chunk sizes by turns; 0: the archives are not split.</summary>
    private static readonly int[] Forms = [0, 700_000];

    private static readonly TimeSpan DiskPause = TimeSpan.FromMilliseconds(70);

    private readonly Random _random = new(seed);
    private readonly Dictionary<int, SortedDictionary<string, byte[]>> _expected = [];
    private readonly Dictionary<int, TimeSpan> _lengths = [];
    private readonly Dictionary<(PullPhase Phase, int Form), int> _counts = [];
    private int _withRecorded;
    private int _withDurable;
    private int _halfPublished;
    private int _recorded;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Kills so far that met a pull.</summary>
    public int Kills => Phases.Sum(Count);

    /// <summary>Blobs that were in a journal when their pull was killed.</summary>
    public int Recorded => _recorded;

    /// <summary>Moments that came after the pull had ended; others are drawn for them.</summary>
    public int Late => Count(PullPhase.Ended);

    /// <summary>How many kills met a phase.</summary>
    public int Count(PullPhase phase) => Forms.Sum(form => _counts.GetValueOrDefault((phase, form)));

    /// <summary>Pulls once in each form without interruption.</summary>
    public async Task MeasureAsync()
    {
        foreach (int form in Forms)
        {
            string directory = folder.Combine($"whole-{form}");
            SlowSource.SlowDown(registry);
            _lengths[form] = await KilledRun.MeasureAsync(Variables(directory, form), Cancellation);
            _expected[form] = BundleRun.Files(directory);
        }
    }

    /// <summary>One kill, and the pull that goes on after it.</summary>
    public async Task RunAsync()
    {
        int form = Forms[(Kills + Late) % Forms.Length];
        string directory = folder.Combine($"kill-{Kills + Late}");
        SlowSource.SlowDown(registry);
        await KilledRun.KillAsync(
            Variables(directory, form), KilledRun.Moment(_random, Kills + Late, _lengths[form]), Cancellation);

        KilledFolder left = new(directory);
        left.DemandTrue(_expected[form]);
        registry.Requests.Clear();
        registry.Faults.Clear();
        EngineRun run = EngineRun.Of(registry, directory);
        run.Settings = run.Settings with { BundleChunkSize = form };
        await run.PullAsync();

        Assert.DoesNotContain(registry.Requests.Blobs(), record => IsHeld(left, record.Request.Route.Reference));
        BundleRun.DemandSame(_expected[form], BundleRun.Files(directory));
        Directory.Delete(directory, recursive: true);
        Note(left, form);
    }

    /// <summary>What was seen, for docs/kill-campaign.md.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"| kills with seed {seed} | whole | in chunks |");
        text.AppendLine("|---|---|---|");
        foreach (PullPhase phase in Phases)
        {
            text.AppendLine($"| {phase} | {string.Join(" | ", Forms.Select(form =>
                _counts.GetValueOrDefault((phase, form))))} |");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"""

            Kills: {Kills}; moments after the end, drawn again: {Late}.
            An uninterrupted pull took {string.Join(" and ", Forms.Select(form =>
                _lengths[form].TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)))} s.
            Kills that left blobs in a journal: {_withRecorded}; with some of them flushed: {_withDurable}.
            Kills between two renames of a commit: {_halfPublished}.
            Blobs in journals at the kills: {_recorded}; asked for again: 0.
            """);
        return text.ToString();
    }

    private static bool IsHeld(KilledFolder left, string digest) =>
        left.Phase == PullPhase.Publish
        || left.Recorded.Contains(digest)
        || left.Spooled.Contains(digest);

    private void Note(KilledFolder left, int form)
    {
        _counts[(left.Phase, form)] = _counts.GetValueOrDefault((left.Phase, form)) + 1;
        _recorded += left.Recorded.Count;
        _withRecorded += left.Recorded.IsEmpty ? 0 : 1;
        _withDurable += left.Durable.IsEmpty ? 0 : 1;
        _halfPublished += left is { Phase: PullPhase.Publish, Published: > 0 } ? 1 : 0;
    }

    private IReadOnlyList<string> Variables(string directory, int form) =>
        ChildProcess.SlowPullVariables($"{registry.Host}/deckhouse/ee", directory, form, DiskPause);
}
