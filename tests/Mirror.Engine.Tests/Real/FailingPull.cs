using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>Pulls of a small source into chunks, with a report.</summary>
internal sealed class FailingPull(TestRegistry registry, string folder) : IFailingRun
{
    private const int ChunkBytes = 400_000;

    private readonly string _bundle = Path.Combine(folder, "bundle");
    private readonly string _report = Path.Combine(folder, "report.json");
    private SortedDictionary<string, byte[]> _expected = [];

    public IReadOnlyList<(char Letter, int[] Errors)> Calls { get; } =
    [
        ('f', [FailedCall.Io, FailedCall.NoSpace, FailedCall.Quota]),
        ('w', [FailedCall.Io, FailedCall.NoSpace, FailedCall.Quota, FailedCall.Stale, FailedCall.TooLarge]),
        ('c', [FailedCall.Io, FailedCall.Quota]),
        ('r', [FailedCall.Io, FailedCall.CrossDevice, FailedCall.NoSpace]),
        ('t', [FailedCall.Io, FailedCall.TooLarge, FailedCall.Invalid]),
        ('l', [FailedCall.Io, FailedCall.NoLocks, FailedCall.Stale]),
        ('w', [0]),
        ('a', [FailedCall.NoSpace, FailedCall.Quota, FailedCall.TooLarge, FailedCall.Io]),
        ('u', [FailedCall.Io, FailedCall.ReadOnly]),
        ('p', [FailedCall.Io, FailedCall.Stale]),
        ('m', [FailedCall.Io, FailedCall.NoSpace]),
    ];

    public static Task<TestRegistry> StartSourceAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions
        {
            Content = SeededSource.Create(new SeededSourceOptions
            {
                Seed = 11,
                TotalBytes = 2_000_000,
                References = 63,
                Modules = 1,
            }).Content,
        },
        TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<string>> PrepareAsync()
    {
        Directory.CreateDirectory(folder);
        return Task.FromResult<IReadOnlyList<string>>(
        [
            .. ChildProcess.SlowPullVariables($"{registry.Host}/deckhouse/ee", _bundle, ChunkBytes, TimeSpan.Zero),
            ChildProcess.ReportVariable(_report),
        ]);
    }

    public Task ExpectAsync()
    {
        _expected = BundleRun.Files(_bundle);
        Assert.Contains(_expected.Keys, name => name.EndsWith(".chunk", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    public void Demand(bool hasSucceeded)
    {
        if (hasSucceeded)
        {
            BundleRun.DemandSame(_expected, BundleRun.Files(_bundle));
            Assert.True(new FileInfo(_report).Length > 0, "The report is empty.");
        }
        else
        {
            new KilledFolder(_bundle).DemandTrue(_expected);
        }
    }

    public async Task DemandRecoveryAsync()
    {
        EngineRun run = EngineRun.Of(registry, _bundle);
        run.Settings = run.Settings with { BundleChunkSize = ChunkBytes };
        await run.PullAsync();
        BundleRun.DemandSame(_expected, BundleRun.Files(_bundle));
        Directory.Delete(folder, recursive: true);
    }
}
