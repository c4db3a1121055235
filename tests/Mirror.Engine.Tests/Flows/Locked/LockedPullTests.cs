using System.Text.Json;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Locked;

/// <summary>What is locked is what arrives.</summary>
public sealed class LockedPullTests
{
    [Fact]
    public async Task Two_pulls_of_one_lock_are_equal_file_by_file_although_every_channel_moved_between_them()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        await source.Run("first", WithSums).PullAsync();
        foreach (string channel in new[] { "alpha", "beta", "early-access", "stable" })
        {
            source.Move("release-channel", channel, "rock-solid");
        }

        source.RemoveTags();
        await source.Run("second", WithSums).PullAsync();

        Assert.Equal(LockedSource.Files(source.Bundle("first")), LockedSource.Files(source.Bundle("second")));
        Assert.Contains("platform.tar.gostsum", LockedSource.Files(source.Bundle("second")).Keys);
    }

    [Fact]
    public async Task A_locked_pull_gives_the_bytes_of_a_pull_at_the_time_of_the_lock()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.Run("open", settings => settings with { LockFile = null }).PullAsync();
        await source.LockAsync();
        source.RemoveTags();

        await source.Run("locked").PullAsync();

        Assert.Equal(
            LockedSource.Files(source.Bundle("open")).Where(file => file.Key != "bundle.json"),
            LockedSource.Files(source.Bundle("locked"))
                .Where(file => file.Key is not "bundle.json" and not "mirror.lock.json"));
    }

    [Fact]
    public async Task The_lock_travels_with_the_archives_and_the_index_names_it()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        EngineRun run = source.Run();

        MirrorReport report = await run.PullAsync();

        byte[] carried = await File.ReadAllBytesAsync(
            Path.Combine(source.Bundle("bundle"), "mirror.lock.json"), TestContext.Current.CancellationToken);
        Assert.Equal(
            await File.ReadAllBytesAsync(source.LockPath, TestContext.Current.CancellationToken), carried);
        using JsonDocument index = JsonDocument.Parse(await File.ReadAllBytesAsync(
            Path.Combine(source.Bundle("bundle"), "bundle.json"), TestContext.Current.CancellationToken));
        Assert.Contains(
            index.RootElement.GetProperty("files").EnumerateArray(),
            file => file.GetProperty("name").GetString() == "mirror.lock.json"
                && file.GetProperty("digest").GetString() == $"{Digest.OfSha256(carried)}");
        Assert.Contains(
            new MirrorHost((_, _) => { }, path => path).FindCarriedFiles(report.Files),
            file => file.EndsWith("mirror.lock.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pull_without_a_lock_takes_the_lock_of_an_earlier_pull_out_of_the_bundle()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        await source.Run().PullAsync();

        await source.Run(change: settings => settings with { LockFile = null }).PullAsync();

        Assert.False(File.Exists(Path.Combine(source.Bundle("bundle"), "mirror.lock.json")));
    }

    [Fact]
    public async Task No_tag_is_asked_for_and_none_is_listed_but_those_of_what_floats()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        source.Registry.Requests.Clear();

        await source.Run().PullAsync();

        Assert.Empty(source.Registry.Requests.TagLists());
        Assert.All(
            source.Registry.Requests.Manifests()
                .Where(record => !record.Request.Route.Reference.Contains(':', StringComparison.Ordinal)),
            record => Assert.Contains("/security/", record.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pull_into_a_folder_that_is_up_to_date_asks_nothing()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        static MirrorPullSettings NoDatabases(MirrorPullSettings settings) =>
            settings with { Components = settings.Components & ~MirrorComponents.SecurityDb };
        await source.LockAsync(NoDatabases);
        await source.Run(change: NoDatabases).PullAsync();
        source.Registry.Requests.Clear();

        MirrorReport report = await source.Run(change: NoDatabases).PullAsync();

        Assert.Empty(source.Registry.Requests.All);
        Assert.Equal(0, report.Requests);
    }

    [Fact]
    public async Task A_channel_that_moves_during_a_locked_pull_changes_nothing()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        await source.Run("before").PullAsync();
        RequestGate gate = new();
        source.Registry.Faults.Add(
            request => request.IsBlob(), new RegistryFault { Gate = gate }, times: 1);

        Task<MirrorReport> pull = source.Run("during").PullAsync();
        await gate.Reached;
        source.Move("release-channel", "stable", "alpha");
        gate.Open();
        await pull;

        Assert.Equal(LockedSource.Files(source.Bundle("before")), LockedSource.Files(source.Bundle("during")));
    }

    [Fact]
    public async Task What_is_gone_is_named_with_its_tag_before_a_file_is_made_and_an_earlier_bundle_has_it_still()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        await source.Run("kept").PullAsync();
        string[] gone =
        [
            Remove(source.Repository("install"), "v1.69.4"),
            Remove(source.Repository("release-channel"), "v1.69.4"),
        ];

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => source.Run("new").PullAsync());

        Assert.All(failure.Faults, fault => Assert.Equal(FaultCode.LockedContentGone, fault.Code));
        string text = string.Join('\n', failure.Faults.Select(fault => fault.Message));
        Assert.Contains($"/install:v1.69.4 ({gone[0]})", text, StringComparison.Ordinal);
        Assert.Contains($"/release-channel:v1.69.4 ({gone[1]})", text, StringComparison.Ordinal);
        Assert.Empty(LockedSource.Files(source.Bundle("new")));
        await source.Run("kept").PullAsync();
    }

    [Fact]
    public async Task Databases_are_resolved_by_each_pull_with_a_warning_unless_they_are_locked()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        EngineRun floating = source.Run("floating");
        await source.LockAsync();
        await floating.PullAsync();
        await source.LockAsync(WithDatabases);
        EngineRun locked = source.Run("locked", WithDatabases);
        await locked.PullAsync();

        Assert.Contains(floating.Events, line => line is WarningRaised { Fault.Code: FaultCode.LockFloats });
        Assert.DoesNotContain(locked.Events, line => line is WarningRaised { Fault.Code: FaultCode.LockFloats });
        Assert.Empty(source.Lock.Floating);
        Assert.Contains(source.Lock.Archives, archive => archive.Name == "security.tar");
    }

    [Fact]
    public async Task Settings_that_select_differently_are_refused_with_both_values()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync(settings => settings with { IncludeModules = ["console"] });
        source.Registry.Requests.Clear();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => source.Run(
            change: settings => settings with
            {
                IncludeModules = ["console@^1.0.0"],
                SkipVexImages = true,
            }).PullAsync());

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.LockSelectsDifferently, fault.Code);
        Assert.Contains(
            "IncludeModules is 'console@^1.0.0', locked 'console'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("SkipVexImages is 'true', locked not set", fault.Message, StringComparison.Ordinal);
        Assert.Empty(source.Registry.Requests.All);
        Assert.False(Directory.Exists(source.Bundle("bundle")));
    }

    [Fact]
    public async Task A_lock_that_does_not_exist_is_a_fault()
    {
        await using LockedSource source = await LockedSource.StartAsync();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => source.Run().PullAsync());

        Assert.Equal(FaultCode.LockMissing, Assert.Single(failure.Faults).Code);
        Assert.Empty(source.Registry.Requests.All);
    }

    [Theory]
    [InlineData("\"bytes\": ", "\"bytes\": 1")]
    [InlineData("\"fingerprint\": \"", "\"fingerprint\": \"0")]
    public async Task An_archive_that_would_come_out_otherwise_is_refused(string member, string forged)
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        string text = await File.ReadAllTextAsync(source.LockPath, TestContext.Current.CancellationToken);
        int at = text.IndexOf(member, StringComparison.Ordinal);
        int length = forged[^1] == '0' ? member.Length + 1 : member.Length;
        await File.WriteAllTextAsync(
            source.LockPath, text[..at] + forged + text[(at + length)..], TestContext.Current.CancellationToken);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => source.Run().PullAsync());

        Assert.All(failure.Faults, fault => Assert.Equal(FaultCode.LockedBytesDiffer, fault.Code));
        Assert.Empty(LockedSource.Files(source.Bundle("bundle")));
    }

    [Fact]
    public async Task A_locked_plan_is_the_plan_of_the_pull_and_leaves_no_trace()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        MirrorLockResult locked = await source.LockAsync();
        source.Move("release-channel", "stable", "alpha");

        MirrorPlan plan = await source.Run("planned").PlanAsync();

        Assert.Equal(locked.Plan.StateId, plan.StateId);
        Assert.Equal(source.Lock.StateId, plan.StateId);
        Assert.False(Directory.Exists(source.Bundle("planned")));
    }

    [Fact]
    public async Task A_locked_sync_writes_what_is_locked()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await source.LockAsync();
        Assert.True(source.Repository("release-channel").TryGetManifest("stable", out StoredManifest? locked));
        source.Move("release-channel", "stable", "alpha");

        await new MirrorEngine().SyncAsync(
            new MirrorSyncSettings
            {
                Source = new RegistryEndpoint($"{source.Registry.Host}/deckhouse/ee"),
                Target = new RegistryEndpoint($"{target.Host}/mirror/ee"),
                Insecure = true,
                LockFile = source.LockPath,
                TmpDirectory = source.Bundle("tmp"),
            },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(target.Content.Repository("mirror/ee/release-channel").TryGetManifest(
            "stable", out StoredManifest? written));
        Assert.Equal(locked.Digest, written.Digest);
    }

    private static MirrorPullSettings WithSums(MirrorPullSettings settings) => settings with { GostDigest = true };

    private static MirrorPullSettings WithDatabases(MirrorPullSettings settings) =>
        settings with { LockDatabases = true };

    private static string Remove(RepositoryContent repository, string tag)
    {
        Assert.True(repository.TryGetManifest(tag, out StoredManifest? manifest));
        Assert.True(repository.RemoveManifest(manifest.Digest));
        return manifest.Digest;
    }
}
