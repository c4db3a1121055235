using System.Collections.Immutable;
using Mirror.Engine.Plan;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Locked;

/// <summary>How a lock is written, updated and checked.</summary>
public sealed class LockFlowTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_says_what_a_plan_says()
    {
        await using LockedSource source = await LockedSource.StartAsync();

        MirrorLockResult result = await source.LockAsync();
        MirrorPlan plan = await source.Run(change: settings => settings with { LockFile = null }).PlanAsync();

        Assert.True(result.HasChanged);
        Assert.Null(result.Changes);
        Assert.Equal(
            plan.Archives.Where(archive => archive.Name != "security.tar")
                .Select(archive => (archive.Name, archive.FileBytes)),
            source.Lock.Archives.Select(archive => (archive.Name, archive.Bytes)));
        Assert.Equal(plan.StateId, source.Lock.StateId);
        Assert.Equal(["security.tar"], source.Lock.Floating);
        Assert.Equal($"{source.Registry.Host}/deckhouse/ee", source.Lock.Source);
    }

    [Fact]
    public async Task A_lock_leaves_nothing_but_its_file()
    {
        await using LockedSource source = await LockedSource.StartAsync();

        await source.LockAsync();

        Assert.Equal(
            [source.LockPath],
            Directory.GetFileSystemEntries(Path.GetDirectoryName(source.LockPath)!));
    }

    [Fact]
    public async Task Permuted_and_repeated_rules_give_the_same_bytes()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync(settings => settings with { ExcludeModules = ["console@1.37.2", "prometheus"] });
        byte[] first = await File.ReadAllBytesAsync(source.LockPath, Token);

        await source.LockAsync(
            settings => settings with { ExcludeModules = ["prometheus", "console@1.37.2", "prometheus"] });

        Assert.Equal(first, await File.ReadAllBytesAsync(source.LockPath, Token));
    }

    [Fact]
    public async Task A_lock_that_is_up_to_date_is_not_written_again()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        DateTime long_ago = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(source.LockPath, long_ago);

        MirrorLockResult again = await source.LockAsync();

        Assert.False(again.HasChanged);
        Assert.True(again.Changes!.IsEmpty);
        Assert.Equal(long_ago, File.GetLastWriteTimeUtc(source.LockPath));
    }

    [Fact]
    public async Task A_check_says_what_moved_and_leaves_time_and_bytes_of_the_lock_alone()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        byte[] before = await File.ReadAllBytesAsync(source.LockPath, Token);
        DateTime long_ago = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(source.LockPath, long_ago);
        EngineRun quiet = source.Run("none");
        MirrorLockResult unchanged = await source.CheckAsync(quiet);
        source.Move("release-channel", "stable", "alpha");
        EngineRun loud = source.Run("none");

        MirrorLockResult changed = await source.CheckAsync(loud);

        Assert.False(unchanged.HasChanged);
        Assert.True(changed.HasChanged);
        Assert.Contains(changed.Changes!.Moved, image => image.Name == "release-channel:stable");
        Assert.DoesNotContain(quiet.Events, line => line is WarningRaised { Fault.Code: FaultCode.LockOutdated });
        Assert.Contains(loud.Events, line => line is WarningRaised { Fault.Code: FaultCode.LockOutdated });
        Assert.Equal(before, await File.ReadAllBytesAsync(source.LockPath, Token));
        Assert.Equal(long_ago, File.GetLastWriteTimeUtc(source.LockPath));
    }

    [Theory]
    [InlineData("md", "release-channel:stable")]
    [InlineData("html", "<dt>Verb</dt><dd>lock-check</dd>")]
    [InlineData("json", "deckhouse-mirror/diff/1")]
    public async Task A_check_writes_the_review_of_what_a_lock_would_change(string extension, string expected)
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        source.Move("release-channel", "stable", "alpha");
        EngineRun run = source.Run("none", settings => settings with
        {
            ReportFile = source.Bundle($"review.{extension}"),
        });

        await source.CheckAsync(run);
        await source.CheckAsync(run);

        Assert.Contains(
            expected, await File.ReadAllTextAsync(source.Bundle($"review.{extension}"), Token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_reviewed_is_locked_and_nothing_else()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        source.Move("release-channel", "stable", "alpha");
        await source.CheckAsync(source.Run("none", settings => settings with
        {
            ReportFile = source.Bundle("review.json"),
        }));
        source.Move("release-channel", "beta", "alpha");
        byte[] before = await File.ReadAllBytesAsync(source.LockPath, Token);

        ImmutableArray<Fault> faults = await source.FailToLockAsync(Reviewed);

        Assert.Equal(FaultCode.NotAsReviewed, Assert.Single(faults).Code);
        Assert.Equal(before, await File.ReadAllBytesAsync(source.LockPath, Token));
        source.Move("release-channel", "beta", "v1.71.0");
        Assert.True((await source.LockAsync(Reviewed)).HasChanged);

        MirrorPullSettings Reviewed(MirrorPullSettings settings) =>
            settings with { Reviewed = source.Bundle("review.json") };
    }

    [Fact]
    public async Task A_check_without_a_lock_and_a_lock_without_a_file_are_faults()
    {
        await using LockedSource source = await LockedSource.StartAsync();

        MirrorException missing = await Assert.ThrowsAsync<MirrorException>(() => source.CheckAsync());
        ImmutableArray<Fault> unnamed = await source.FailToLockAsync(settings => settings with { LockFile = null });

        Assert.Equal(FaultCode.LockMissing, Assert.Single(missing.Faults).Code);
        Assert.Equal(FaultCode.SettingMissing, Assert.Single(unnamed).Code);
    }

    [Fact]
    public async Task A_partial_update_touches_only_what_is_named_and_what_follows()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        LockFile before = source.Lock;
        source.Move("release-channel", "stable", "alpha");
        source.Move("modules/console/release", "stable", "alpha");

        MirrorLockResult result = await source.LockAsync(
            settings => settings with { LockUpdate = ["module-console"] });

        LockFile after = source.Lock;
        Assert.True(result.HasChanged);
        Assert.Equal(
            ["module-console.tar"],
            after.Archives.Zip(before.Archives)
                .Where(pair => pair.First.Fingerprint != pair.Second.Fingerprint)
                .Select(pair => pair.First.Name));
        Assert.All(result.Changes!.Moved, image => Assert.Equal("module-console.tar", image.Archive));
        await source.LockAsync(settings => settings with { LockUpdate = ["platform.tar"] });
        Assert.NotEqual(Platform(after), Platform(source.Lock));
    }

    [Fact]
    public async Task A_partial_update_takes_what_the_settings_newly_want_and_drops_what_they_do_not()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync(settings => settings with { ExcludeModules = ["console"] });
        string platform = Platform(source.Lock);
        Assert.DoesNotContain(source.Lock.Archives, archive => archive.Name == "module-console.tar");
        string other = source.Lock.Archives.First(
            archive => archive.Name.StartsWith("module-", StringComparison.Ordinal)).Name;
        source.Move("release-channel", "stable", "alpha");

        await source.LockAsync(settings => settings with
        {
            ExcludeModules = [Path.GetFileNameWithoutExtension(other)["module-".Length..]],
            LockUpdate = ["module-console"],
        });

        Assert.Contains(source.Lock.Archives, archive => archive.Name == "module-console.tar");
        Assert.DoesNotContain(source.Lock.Archives, archive => archive.Name == other);
        Assert.Equal(platform, Platform(source.Lock));
    }

    [Fact]
    public async Task Names_that_mean_nothing_are_told_together_with_the_nearest_right_one()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        byte[] before = await File.ReadAllBytesAsync(source.LockPath, Token);

        ImmutableArray<Fault> faults = await source.FailToLockAsync(
            settings => settings with { LockUpdate = ["module-consol", "security"] });

        Assert.Equal(2, faults.Length);
        Assert.All(faults, fault => Assert.Equal(FaultCode.LockPartUnknown, fault.Code));
        Assert.Contains("'module-console'", faults[0].Advice, StringComparison.Ordinal);
        Assert.Contains("LockDatabases", faults[1].Advice, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(source.LockPath, Token));
    }

    [Fact]
    public async Task An_unreadable_lock_is_not_overwritten()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await File.WriteAllTextAsync(source.LockPath, "{}", Token);

        ImmutableArray<Fault> faults = await source.FailToLockAsync();

        Assert.Equal(FaultCode.LockUnreadable, Assert.Single(faults).Code);
        Assert.Equal("{}", await File.ReadAllTextAsync(source.LockPath, Token));
    }

    [Fact]
    public async Task Conflict_markers_are_told_by_their_line()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        string[] lines = await File.ReadAllLinesAsync(source.LockPath, Token);
        await File.WriteAllLinesAsync(source.LockPath, [.. lines.Take(6), "<<<<<<< HEAD", .. lines.Skip(6)], Token);

        Fault fault = Assert.Single(await source.FailToLockAsync());

        Assert.Equal(FaultCode.LockUnreadable, fault.Code);
        Assert.Contains("line 7", fault.Message, StringComparison.Ordinal);
        Assert.Contains("LockUpdate", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_that_names_parts_to_update_is_warned()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        EngineRun run = source.Run(change: settings => settings with { LockUpdate = ["platform"] });

        await run.PullAsync();

        Assert.Contains(run.Events, line => line is WarningRaised { Fault.Code: FaultCode.SettingNotNeeded });
    }

    [Fact]
    public async Task A_lock_of_the_form_of_d8_025_is_pulled_in_that_form()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        static MirrorPullSettings Legacy(MirrorPullSettings settings) =>
            settings with { BundleFormat = BundleFormat.Legacy025 };
        await source.Run("open", settings => Legacy(settings) with { LockFile = null }).PullAsync();
        await source.LockAsync(Legacy);
        source.RemoveTags();

        await source.Run("locked", Legacy).PullAsync();

        foreach ((string name, string hash) in LockedSource.Files(source.Bundle("open"))
            .Where(file => file.Key.EndsWith(".tar", StringComparison.Ordinal)))
        {
            Assert.Equal(hash, LockedSource.Files(source.Bundle("locked"))[name]);
        }
    }

    private static string Platform(LockFile file) =>
        file.Archives.Single(archive => archive.Name == "platform.tar").Fingerprint;
}
