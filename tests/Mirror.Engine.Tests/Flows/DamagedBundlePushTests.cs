using System.Collections.Immutable;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A damaged bundle publishes nothing, and the fault names the file and the item.</summary>
public sealed class DamagedBundlePushTests
{
    private const string Platform = "platform.tar";
    private const string Module = "module-console.tar";

    public static TheoryData<string> Damages => [.. BundleDamage.All.Select(damage => damage.Name)];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task The_push_fails_with_its_code_and_no_tag_reaches_the_target(string name)
    {
        BundleDamage damage = BundleDamage.Of(name);
        using BundleCopy bundle = damage.Make();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, bundle.Folder);
        run.Settings = run.Settings with { VerifyGostDigest = damage.IsAboutSums };

        ImmutableArray<Fault> faults = await run.FailAsync();

        Fault fault = Assert.Single(faults, fault => fault.Code == damage.Code);
        Assert.Contains(damage.File, fault.Message, StringComparison.Ordinal);
        Assert.Contains(damage.Item, fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Advice);
        using RegistryReader reader = new(target.Host);
        Assert.Empty(await reader.ListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(target.Requests.Where(request => request.Method == "PUT" && request.IsManifest()));
        if (damage.IsSeenBeforehand)
        {
            Assert.DoesNotContain(target.Requests.All, record => record.Request.Method is "POST" or "PUT" or "PATCH");
        }
    }

    [Fact]
    public async Task All_damaged_archives_are_told_at_once()
    {
        using BundleCopy bundle = new("0.33", "platform", "module-console", "security");
        bundle.Truncate(Platform, 4096);
        bundle.Flip("security.tar", 0);
        bundle.Flip(Module, bundle.BodyOf(Module, "modules/console/index.json"));
        await using TestRegistry target = await PushRun.StartTargetAsync();

        ImmutableArray<Fault> faults = await new PushRun(target.Host, bundle.Folder).FailAsync();

        Assert.Equal(
            [Module, Platform, "security.tar"],
            faults.Select(fault => fault.Message.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Empty(target.Requests.All);
    }
}
