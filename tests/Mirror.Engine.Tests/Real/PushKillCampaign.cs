using System.Globalization;
using System.Text;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// Pushes of a bundle, whole and in chunks by turns, each into a slowed target of its own and killed at a moment drawn
/// from the length of an uninterrupted push, and then begun again at full speed.
/// </summary>
internal sealed class PushKillCampaign(string whole, string chunked, int seed)
{
    private const int Connections = 4;

    private static readonly PushPhase[] Met = [PushPhase.Looking, .. Phases];

    private static readonly RegistryFault SlowAnswer = new() { Delay = TimeSpan.FromMilliseconds(10) };
    private static readonly RegistryFault SlowImage = new() { Delay = TimeSpan.FromMilliseconds(60) };
    private static readonly RegistryFault SlowChannel = new() { Delay = TimeSpan.FromMilliseconds(250) };
    private static readonly RegistryFault SlowName = new() { Delay = TimeSpan.FromMilliseconds(1000) };

    private readonly Random _random = new(seed);
    private readonly Dictionary<(PushPhase Phase, string Bundle), int> _counts = [];
    private PushedTarget? _expected;
    private TimeSpan _length;
    private int _blobsLeft;
    private int _tagsLeft;

    /// <summary>The phases that a campaign has to meet; looking what a target has is over soon.</summary>
    public static PushPhase[] Phases =>
        [PushPhase.Blobs, PushPhase.Images, PushPhase.Channels, PushPhase.Names];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Kills so far that met a push.</summary>
    public int Kills => Met.Sum(Count);

    /// <summary>Moments that came after the push had ended; others are drawn for them.</summary>
    public int Late => Count(PushPhase.Ended);

    /// <summary>How many kills met a phase.</summary>
    public int Count(PushPhase phase) =>
        _counts.GetValueOrDefault((phase, whole)) + _counts.GetValueOrDefault((phase, chunked));

    /// <summary>Pushes once without interruption.</summary>
    public async Task MeasureAsync()
    {
        await using TestRegistry target = await StartAsync();
        _length = await KilledRun.MeasureAsync(Variables(target, whole), Cancellation);
        _expected = new PushedTarget(target);
        _expected.DemandWhole(_expected);
        Assert.Equal(PushPhase.Names, _expected.Phase);
    }

    /// <summary>One kill, and the push that goes on after it.</summary>
    public async Task RunAsync()
    {
        string bundle = (Kills + Late) % 2 == 0 ? whole : chunked;
        await using TestRegistry target = await StartAsync();
        bool isKilled = await KilledRun.KillAsync(
            Variables(target, bundle), KilledRun.Moment(_random, Kills + Late, _length), Cancellation);

        PushedTarget left = new(target);
        left.DemandWhole(_expected!);
        target.Faults.Clear();
        MirrorReport report = await new PushRun(target.Host, bundle).PushAsync();

        PushedTarget done = new(target);
        Assert.Equal(_expected!.Tags, done.Tags);
        Assert.Equal(_expected.Blobs, done.Blobs);
        Assert.Equal(done.Uploaded.Distinct(), done.Uploaded);
        Assert.True(report.Repositories.Sum(repository => repository.AlreadyThere) >= left.Tags.Length);
        PushPhase phase = isKilled ? left.Phase : PushPhase.Ended;
        _counts[(phase, bundle)] = _counts.GetValueOrDefault((phase, bundle)) + 1;
        _blobsLeft += isKilled ? left.Uploaded.Length : 0;
        _tagsLeft += isKilled ? left.Tags.Length : 0;
    }

    /// <summary>What was seen, for docs/kill-campaign.md.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"| kills with seed {seed} | whole | in chunks |");
        text.AppendLine("|---|---|---|");
        foreach (PushPhase phase in Met)
        {
            int inWhole = _counts.GetValueOrDefault((phase, whole));
            int inChunks = _counts.GetValueOrDefault((phase, chunked));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {phase} | {inWhole} | {inChunks} |");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"""

            Kills: {Kills}; moments after the end, drawn again: {Late}.
            An uninterrupted push took {_length.TotalSeconds:0.0} s.
            Blobs at the targets at the kills: {_blobsLeft}; sent again: 0.
            Tags there at the kills: {_tagsLeft}; all whole.
            """);
        return text.ToString();
    }

    /// <summary>
    /// A target that is slow, most of all with channels and names, and that takes a manifest whose parts are missing:
    /// only the push itself keeps tags whole.
    /// </summary>
    private static async Task<TestRegistry> StartAsync()
    {
        TestRegistry target = await PushRun.StartTargetAsync(new TestRegistryOptions { ChecksManifests = false });
        target.Faults.Add(request => IsWritten(request, PushPhase.Names), SlowName);
        target.Faults.Add(request => IsWritten(request, PushPhase.Channels), SlowChannel);
        target.Faults.Add(request => IsWritten(request, PushPhase.Images), SlowImage);
        target.Faults.Add(_ => true, SlowAnswer);
        return target;
    }

    private static bool IsWritten(RegistryRequest request, PushPhase stage) =>
        request.Method == "PUT"
        && request.IsManifest()
        && PushedTarget.StageOf(request.Route.Repository, request.Route.Reference) == stage;

    private static IReadOnlyList<string> Variables(TestRegistry target, string bundle) =>
        ChildProcess.PushVariables($"{target.Host}/mirror/ee", bundle, Connections);
}
