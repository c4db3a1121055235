using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Locked;

/// <summary>What is verified or pushed must be what is locked.</summary>
public sealed class LockedBundleTests
{
    [Fact]
    public async Task The_bundle_of_the_lock_passes_and_another_one_is_refused_before_anything_is_sent()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await source.Run("other", settings => settings with
        {
            LockFile = null,
            IncludeModules = ["console@=v1.37.2"],
        }).PullAsync();
        await source.LockAsync();
        await source.Run("locked").PullAsync();

        Fault verified = Assert.Single((await Assert.ThrowsAsync<MirrorException>(
            () => VerifyAsync(source, "other"))).Faults);
        Fault pushed = Assert.Single(await Push(source, target, "other").FailAsync());

        Assert.Equal(FaultCode.NotAsReviewed, verified.Code);
        Assert.Equal(FaultCode.NotAsReviewed, pushed.Code);
        Assert.Contains("module-console.tar", pushed.Message, StringComparison.Ordinal);
        Assert.Empty(target.Requests.All);
        await VerifyAsync(source, "locked");
        await Push(source, target, "locked").PushAsync();
    }

    [Fact]
    public async Task An_archive_that_is_missing_and_one_that_is_not_locked_are_both_named()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await source.LockAsync();
        await source.Run("bundle").PullAsync();
        string bundle = source.Bundle("bundle");
        File.Move(Path.Combine(bundle, "module-console.tar"), Path.Combine(bundle, "module-strange.tar"));
        File.Delete(Path.Combine(bundle, "module-console.tar.json"));
        File.Delete(Path.Combine(bundle, "bundle.json"));

        Fault fault = Assert.Single(await Push(source, target, "bundle").FailAsync());

        Assert.Contains("module-console.tar is missing", fault.Message, StringComparison.Ordinal);
        Assert.Contains("module-strange.tar is not locked", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Databases_may_be_newer_than_the_lock()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        source.Content.Repository($"{LockedSource.Edition}/security/trivy-java-db").RemoveTag("1");
        await source.Run("bundle").PullAsync();

        await VerifyAsync(source, "bundle");
    }

    private static PushRun Push(LockedSource source, TestRegistry target, string bundle)
    {
        PushRun run = new(target.Host, source.Bundle(bundle));
        run.Settings = run.Settings with { LockFile = source.LockPath };
        return run;
    }

    private static Task<MirrorReport> VerifyAsync(LockedSource source, string bundle) => new MirrorEngine().VerifyAsync(
        new MirrorVerifySettings { BundleDirectory = source.Bundle(bundle), LockFile = source.LockPath },
        cancellationToken: TestContext.Current.CancellationToken);
}
