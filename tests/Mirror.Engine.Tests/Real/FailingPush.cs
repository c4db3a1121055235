using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>Pushes of a bundle, each into a target of its own, with a report beside the bundle.</summary>
internal sealed class FailingPush(string bundle) : IFailingRun, IAsyncDisposable
{
    private readonly string _report = Path.Combine(bundle, "report", "report.json");
    private TestRegistry? _target;
    private PushedTarget? _expected;

    public IReadOnlyList<(char Letter, int[] Errors)> Calls { get; } =
    [
        ('p', [FailedCall.Io, FailedCall.Stale]),
        ('c', [FailedCall.Io, FailedCall.Quota]),
        ('w', [FailedCall.Io, FailedCall.NoSpace, FailedCall.Quota, 0]),
        ('r', [FailedCall.Io, FailedCall.NoSpace]),
        ('t', [FailedCall.Io, FailedCall.TooLarge, FailedCall.Invalid]),
        ('a', [FailedCall.NoSpace, FailedCall.Quota]),
        ('l', [FailedCall.Io, FailedCall.NoLocks]),
        ('m', [FailedCall.Io, FailedCall.NoSpace]),
    ];

    public async Task<IReadOnlyList<string>> PrepareAsync()
    {
        _target ??= await PushRun.StartTargetAsync(
            new TestRegistryOptions { ChecksManifests = false, Content = new ContentSet() });
        return
        [
            .. ChildProcess.PushVariables($"{_target.Host}/mirror/ee", bundle, connections: 4),
            ChildProcess.ReportVariable(_report),
        ];
    }

    public async Task ExpectAsync()
    {
        _expected = new PushedTarget(_target!);
        Assert.NotEmpty(_expected.Tags);
        await ClearAsync();
    }

    public void Demand(bool hasSucceeded)
    {
        PushedTarget left = new(_target!);
        left.DemandWhole(_expected!);
        if (hasSucceeded)
        {
            DemandSame(left);
            Assert.True(new FileInfo(_report).Length > 0, "The report is empty.");
        }
    }

    public async Task DemandRecoveryAsync()
    {
        await new PushRun(_target!.Host, bundle).PushAsync();
        DemandSame(new PushedTarget(_target));
        await ClearAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_target is { } target)
        {
            await target.DisposeAsync();
        }
    }

    private void DemandSame(PushedTarget target)
    {
        Assert.Equal(_expected!.Tags, target.Tags);
        Assert.Equal(_expected.Blobs, target.Blobs);
    }

    private async Task ClearAsync()
    {
        await _target!.DisposeAsync();
        _target = null;
        if (Directory.Exists(Path.GetDirectoryName(_report)))
        {
            Directory.Delete(Path.GetDirectoryName(_report)!, recursive: true);
        }
    }
}
