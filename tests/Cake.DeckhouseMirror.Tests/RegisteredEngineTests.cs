using Cake.Core;
using Mirror.Engine;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>What tests of a user's tasks rely on: an engine of their own behind the aliases.</summary>
public sealed class RegisteredEngineTests
{
    private readonly ScriptedEngine _engine = new();

    [Fact]
    public async Task The_aliases_use_the_engine_that_is_registered_in_Cakes_container()
    {
        await UseAsync(new ScriptContext { Engine = _engine });

        Assert.Equal(["plan", "pull", "push", "sync", "verify", "gost"], _engine.Calls.Select(call => call.Verb));
    }

    [Fact]
    public async Task A_context_that_decorates_Cakes_as_that_of_Frosting_does_has_the_aliases_too()
    {
        BuildContext context = new(new ScriptContext { Engine = _engine });

        await UseAsync(context);

        Assert.Equal(["plan", "pull", "push", "sync", "verify", "gost"], _engine.Calls.Select(call => call.Verb));
        Assert.Equal(
            "/scripts/airgap/bundle", Assert.IsType<MirrorPullSettings>(_engine.Calls[0].Settings).BundleDirectory);
    }

    [Fact]
    public async Task A_decorating_context_without_a_registered_engine_runs_the_real_one_in_its_own_folder()
    {
        BuildContext context = new(new ScriptContext());

        CakeException failure = await Assert.ThrowsAsync<CakeException>(() => context.D8MirrorVerifyAsync("missing"));

        Assert.Contains("/scripts/airgap/missing", failure.InnerException!.Message);
    }

    [Fact]
    public void Short_forms_fill_the_settings_they_stand_for()
    {
        ScriptContext context = new() { Engine = _engine };

        context.D8MirrorPull("bundle", "registry.example/ce");
        context.D8MirrorPull("bundle");
        context.D8MirrorVerify("bundle", "reports/verify.html");
        context.VerifyGostDigest("bundle", "reports/gost.json");

        MirrorPullSettings[] pulls = [.. _engine.Calls.Take(2).Select(call => (MirrorPullSettings)call.Settings)];
        Assert.Equal("registry.example/ce", pulls[0].Source.Reference);
        Assert.Equal("/scripts/airgap/bundle", pulls[1].BundleDirectory);
        Assert.Equal(new MirrorPullSettings().Source, pulls[1].Source);
        Assert.Equal(
            ["/scripts/airgap/reports/verify.html", "/scripts/airgap/reports/gost.json"],
            _engine.Calls.Skip(2).Select(call => call.Settings.ReportFile));
    }

    private static async Task UseAsync(ICakeContext context)
    {
        await context.D8MirrorPlanAsync("bundle");
        await context.D8MirrorPullAsync("bundle");
        await context.D8MirrorPushAsync("bundle", "registry.example/ee");
        await context.D8MirrorSyncAsync("registry.example/ce", "registry.example/ee");
        await context.D8MirrorVerifyAsync("bundle");
        await context.VerifyGostDigestAsync("bundle");
    }

    // As Cake.Frosting's FrostingContext: nothing but a CakeContextAdapter.
    private sealed class BuildContext(ICakeContext context) : CakeContextAdapter(context);
}
