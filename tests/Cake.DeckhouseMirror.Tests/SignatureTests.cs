using System.Reflection;
using Cake.Core;
using Mirror.Engine;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class SignatureTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Refused =>
        [.. typeof(RefusedAliases).GetMethods(Declared).Select(method => method.Name)];

    [Fact]
    public void Cakes_generator_can_write_each_alias() => Assert.All(
        typeof(DeckhouseMirrorAliases).GetMethods(Declared).Where(method => !method.IsPrivate),
        alias => Assert.Empty(AliasSignature.Faults(alias)));

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_signature_that_the_generator_cannot_write_is_refused_for_one_reason(string name) =>
        Assert.Single(AliasSignature.Faults(typeof(RefusedAliases).GetMethod(name, Declared)!));

    // The short forms have an optional parameter for this: of two that fit, C# takes the one that leaves none out.
    [Fact]
    public void Settings_need_no_name_of_their_type()
    {
        ScriptedEngine engine = new();
        ICakeContext context = new ScriptContext { Engine = engine };

        context.D8MirrorPlan(new() { BundleDirectory = "b", SinceVersion = "1.69.0" });
        context.D8MirrorPull(new() { BundleDirectory = "b" });
        context.D8MirrorPush(new() { BundleDirectory = "b" });
        context.D8MirrorSync(new() { Target = "registry.example/ee" });
        context.D8MirrorVerify(new() { BundleDirectory = "b" });
        context.VerifyGostDigest(new() { BundleDirectory = "b" });

        Assert.Equal(["plan", "pull", "push", "sync", "verify", "gost"], engine.Calls.Select(call => call.Verb));
        Assert.Equal("1.69.0", Assert.IsType<MirrorPullSettings>(engine.Calls[0].Settings).SinceVersion);
    }

    [Fact]
    public async Task Settings_of_the_asynchronous_twins_need_none_either()
    {
        ScriptedEngine engine = new();
        ICakeContext context = new ScriptContext { Engine = engine };

        await context.D8MirrorPlanAsync(new() { BundleDirectory = "b" });
        await context.D8MirrorPullAsync(new() { BundleDirectory = "b" });
        await context.D8MirrorPushAsync(new() { BundleDirectory = "b" });
        await context.D8MirrorSyncAsync(new() { Target = "registry.example/ee" });
        await context.D8MirrorVerifyAsync(new() { BundleDirectory = "b" });
        await context.VerifyGostDigestAsync(new() { BundleDirectory = "b" });

        Assert.Equal(["plan", "pull", "push", "sync", "verify", "gost"], engine.Calls.Select(call => call.Verb));
    }

    [Fact]
    public void Settings_read_as_a_script_would_write_them()
    {
        ScriptedEngine engine = new();

        new ScriptContext { Engine = engine }.D8MirrorPull(new()
        {
            Source = "registry.example/deckhouse/ee",
            BundleDirectory = "bundle",
            Timeout = TimeSpan.FromMinutes(2),
            BundleChunkSize = 4_000_000_000,
            IncludeModules = ["prometheus@^1.2.0", new("neuvector", "~1.3.0")],
        });

        var settings = Assert.IsType<MirrorPullSettings>(engine.Call.Settings);
        Assert.Equal("/scripts/airgap/bundle", settings.BundleDirectory);
        Assert.Equal(["prometheus@^1.2.0", "neuvector@~1.3.0"], settings.IncludeModules.Select(rule => $"{rule}"));
        Assert.Equal(TimeSpan.FromMinutes(2), settings.Timeout);
    }
}
