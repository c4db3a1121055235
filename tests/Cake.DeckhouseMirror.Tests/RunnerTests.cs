using Mirror.Engine;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class RunnerTests
{
    private readonly ScriptedEngine _engine = new();
    private readonly DeckhouseMirrorRunner _runner;

    public RunnerTests() => _runner = new DeckhouseMirrorRunner(new ScriptContext(), _engine);

    [Fact]
    public void Each_method_calls_the_verb_of_its_name_and_returns_its_result()
    {
        Assert.Same(_engine.Plan, _runner.Plan(new D8MirrorPullSettings()));
        Assert.Equal("plan", _engine.Call.Verb);
        Assert.Same(_engine.Plan, _runner.Lock(new D8MirrorPullSettings()).Plan);
        Assert.Equal("lock", _engine.Call.Verb);
        Assert.Same(_engine.Plan, _runner.LockCheck(new D8MirrorPullSettings()).Plan);
        Assert.Equal("check", _engine.Call.Verb);
        Assert.Same(_engine.Diff, _runner.Diff(new D8MirrorDiffSettings()));
        Assert.Equal("diff", _engine.Call.Verb);
        Assert.Same(_engine.Plan, _runner.Pull(new D8MirrorPullSettings()).Plan);
        Assert.Equal("pull", _engine.Call.Verb);
        Assert.Same(_engine.Plan, _runner.Push(new D8MirrorPushSettings()).Plan);
        Assert.Equal("push", _engine.Call.Verb);
        Assert.Same(_engine.Plan, _runner.Sync(new D8MirrorSyncSettings()).Plan);
        Assert.Equal("sync", _engine.Call.Verb);
        Assert.Same(_engine.Plan, _runner.Verify(new D8MirrorVerifySettings()).Plan);
        Assert.Equal("verify", _engine.Call.Verb);
        Assert.Same(_engine.Inventory, _runner.Inventory(new D8MirrorInventorySettings()));
        Assert.Equal("inventory", _engine.Call.Verb);
        Assert.Same(_engine.Checked, _runner.Check(new D8MirrorCheckSettings()));
        Assert.Equal("check target", _engine.Call.Verb);
        Assert.Same(_engine.Plan, _runner.Merge(new D8MirrorMergeSettings()).Plan);
        Assert.Equal("merge", _engine.Call.Verb);
        Assert.Empty(_runner.VerifyGostDigest(new D8MirrorVerifyGostDigestSettings()).Files);
        Assert.Equal("gost", _engine.Call.Verb);
    }

    [Fact]
    public async Task Each_asynchronous_method_does_the_same()
    {
        Assert.Same(_engine.Plan, await _runner.PlanAsync(new D8MirrorPullSettings()));
        Assert.Equal("plan", _engine.Call.Verb);
        Assert.Same(_engine.Plan, (await _runner.LockAsync(new D8MirrorPullSettings())).Plan);
        Assert.Equal("lock", _engine.Call.Verb);
        Assert.Same(_engine.Plan, (await _runner.LockCheckAsync(new D8MirrorPullSettings())).Plan);
        Assert.Equal("check", _engine.Call.Verb);
        Assert.Same(_engine.Diff, await _runner.DiffAsync(new D8MirrorDiffSettings()));
        Assert.Equal("diff", _engine.Call.Verb);
        Assert.Same(_engine.Plan, (await _runner.PullAsync(new D8MirrorPullSettings())).Plan);
        Assert.Equal("pull", _engine.Call.Verb);
        Assert.Same(_engine.Plan, (await _runner.PushAsync(new D8MirrorPushSettings())).Plan);
        Assert.Equal("push", _engine.Call.Verb);
        Assert.Same(_engine.Plan, (await _runner.SyncAsync(new D8MirrorSyncSettings())).Plan);
        Assert.Equal("sync", _engine.Call.Verb);
        Assert.Same(_engine.Plan, (await _runner.VerifyAsync(new D8MirrorVerifySettings())).Plan);
        Assert.Equal("verify", _engine.Call.Verb);
        Assert.Same(_engine.Inventory, await _runner.InventoryAsync(new D8MirrorInventorySettings()));
        Assert.Equal("inventory", _engine.Call.Verb);
        Assert.Same(_engine.Checked, await _runner.CheckAsync(new D8MirrorCheckSettings()));
        Assert.Equal("check target", _engine.Call.Verb);
        Assert.Same(_engine.Plan, (await _runner.MergeAsync(new D8MirrorMergeSettings())).Plan);
        Assert.Equal("merge", _engine.Call.Verb);
        Assert.Empty((await _runner.VerifyGostDigestAsync(new D8MirrorVerifyGostDigestSettings())).Files);
        Assert.Equal("gost", _engine.Call.Verb);
    }

    [Fact]
    public void Settings_reach_the_engine_as_they_were_given()
    {
        _runner.Pull(new D8MirrorPullSettings
        {
            BundleDirectory = "/bundle",
            IncludeModules = ["prometheus@^1.2.0"],
            LicenseToken = "token",
            Timeout = TimeSpan.FromSeconds(5),
        });

        var settings = Assert.IsType<MirrorPullSettings>(_engine.Call.Settings);
        Assert.Equal(["prometheus@^1.2.0"], settings.IncludeModules.Select(rule => $"{rule}"));
        Assert.Equal(
            ("/bundle", "token", TimeSpan.FromSeconds(5)),
            (settings.BundleDirectory, settings.LicenseToken, settings.Timeout));
    }
}
