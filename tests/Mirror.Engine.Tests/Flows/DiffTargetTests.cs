using Mirror.Engine.Report.Diff;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Targets of every kind are compared with the bundle that was pushed there.</summary>
public sealed class DiffTargetTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.33", "/modules", "Auto")]
    [InlineData("0.33", "/", "Target")]
    [InlineData("0.33", "my/mods", "Auto")]
    [InlineData("0.25.2", "/modules", "Auto")]
    public async Task What_was_pushed_is_there_whatever_the_paths(string version, string suffix, string root)
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun push = new(target.Host, PushRun.Recorded(version));
        push.Settings = push.Settings with
        {
            ModulesPathSuffix = suffix,
            BareRoot = root == "Target" ? BareRoot.Target : BareRoot.Auto,
        };
        await push.PushAsync();

        MirrorDiff diff = await CompareAsync(push.Settings);

        Assert.True(diff.IsEmpty, string.Join('\n', DiffText.Lines(diff)));
    }

    [Fact]
    public async Task A_target_that_lists_no_tags_is_compared_by_the_tags_of_the_bundle()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun push = new(target.Host, PushRun.Recorded("0.33"));
        await push.PushAsync();
        RepositoryContent releases = target.Content.Repository("mirror/ee/release-channel");
        Assert.True(releases.TryGetManifest("stable", out StoredManifest? other));
        releases.AddManifest(other, "v1.60.0");
        releases.AddManifest(other, "alpha");
        target.Faults.Add(
            request => request.Path.EndsWith("/tags/list", StringComparison.Ordinal),
            new RegistryFault { Status = 403 });

        MirrorDiff diff = await CompareAsync(push.Settings);

        Assert.Equal("release-channel:alpha", Assert.Single(diff.Moved).Name);
        Assert.Empty(diff.Gone);
    }

    [Fact]
    public async Task A_target_that_refuses_a_tag_is_a_fault_and_no_absence()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun push = new(target.Host, PushRun.Recorded("0.33"));
        await push.PushAsync();
        target.Faults.Add(
            request => request.Path.EndsWith("/manifests/stable", StringComparison.Ordinal),
            new RegistryFault { Status = 403 });

        Fault fault = (await Assert.ThrowsAsync<MirrorException>(() => CompareAsync(push.Settings))).Faults[0];

        Assert.StartsWith("D8M2", fault.Code, StringComparison.Ordinal);
    }

    private static Task<MirrorDiff> CompareAsync(MirrorPushSettings push) =>
        new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System).DiffAsync(
            new MirrorDiffSettings
            {
                From = push.BundleDirectory,
                To = MirrorDiffSettings.TargetSide,
                Target = push.Target,
                ModulesPathSuffix = push.ModulesPathSuffix,
                BareRoot = push.BareRoot,
                Insecure = true,
            },
            null,
            Cancellation);
}
