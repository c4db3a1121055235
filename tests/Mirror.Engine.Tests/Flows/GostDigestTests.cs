using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Mirror.Engine.Hashing;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Hashing;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class GostDigestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.33")]
    [InlineData("0.25.2")]
    public async Task The_sums_that_d8_wrote_are_true(string version)
    {
        GostReport report = await VerifyAsync(PushRun.Recorded(version));

        Assert.Equal(
            Directory.GetFiles(PushRun.Recorded(version), "*.tar").Order(StringComparer.Ordinal),
            report.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.All(report.Files, file => Assert.Equal(File.ReadAllText(file.Path + ".gostsum"), file.GostDigest));
    }

    [Fact]
    public async Task A_pull_writes_sums_if_it_is_told_to_and_rhash_agrees()
    {
        string rhash = RealPart.OrSkip("rhash");
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder without = new();
        using TemporaryFolder bundle = new();
        await EngineRun.Of(source, without.FullName).PullAsync();
        EngineRun run = EngineRun.Of(source, bundle.FullName);
        run.Settings = run.Settings with { GostDigest = true };

        MirrorReport report = await run.PullAsync();

        Assert.Empty(Directory.GetFiles(without.FullName, "*.gostsum"));
        Assert.All(report.Files, file => Assert.Equal(File.ReadAllText(file.Path + ".gostsum"), file.GostDigest));
        Assert.All(report.Files, file => Assert.Equal(64, file.GostDigest?.Length));
        string[] sums = Directory.GetFiles(bundle.FullName, "*.gostsum");
        Assert.Equal(report.Files.Length, sums.Length);
        ToolResult result = await Tool.RunAsync(
            rhash, ["--gost12-256", "--simple", .. report.Files.Select(file => file.Path)], Cancellation);
        Assert.Equal(
            report.Files.Select(file => $"{file.GostDigest}  {file.Path}").Order(StringComparer.Ordinal),
            Encoding.UTF8.GetString(result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Archives_that_are_kept_get_their_sums_later_and_keep_those_they_have()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder bundle = new();
        await EngineRun.Of(source, bundle.FullName).PullAsync();
        EngineRun run = EngineRun.Of(source, bundle.FullName);
        run.Settings = run.Settings with { GostDigest = true };

        await run.PullAsync();
        File.Delete(bundle.Combine("platform.tar.gostsum"));
        DateTime written = File.GetLastWriteTimeUtc(bundle.Combine("security.tar.gostsum"));
        await run.PullAsync();

        Assert.Equal(written, File.GetLastWriteTimeUtc(bundle.Combine("security.tar.gostsum")));
        GostReport report = await VerifyAsync(bundle.FullName);
        Assert.Contains(report.Files, file => file.Name == "platform.tar");
    }

    [Fact]
    public async Task A_kept_archive_that_was_written_to_since_is_hashed_again()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder bundle = new();
        EngineRun run = EngineRun.Of(source, bundle.FullName);
        run.Settings = run.Settings with { GostDigest = true };
        await run.PullAsync();
        string archive = bundle.Combine("platform.tar");
        string sum = await File.ReadAllTextAsync(archive + ".gostsum", Cancellation);

        // Unchanged, and of the same length: nothing but the time tells that it was written to.
        File.SetLastWriteTimeUtc(archive, File.GetLastWriteTimeUtc(archive + ".gostsum").AddSeconds(1));
        await run.PullAsync();
        Assert.Equal(sum, await File.ReadAllTextAsync(archive + ".gostsum", Cancellation));
        Damage(archive);
        File.SetLastWriteTimeUtc(archive, File.GetLastWriteTimeUtc(archive + ".gostsum").AddSeconds(1));
        Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(() => run.PullAsync())).Faults);

        Assert.Equal((FaultCode.GostSumWrong, "platform.tar"), (fault.Code, fault.Message.Split(' ')[0]));
        Assert.Equal(sum, await File.ReadAllTextAsync(archive + ".gostsum", Cancellation));
    }

    [Fact]
    public async Task A_kept_archive_that_was_not_written_to_is_not_read()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder bundle = new();
        EngineRun run = EngineRun.Of(source, bundle.FullName);
        run.Settings = run.Settings with { GostDigest = true };
        await run.PullAsync();
        string archive = bundle.Combine("platform.tar");
        DateTime written = File.GetLastWriteTimeUtc(archive);

        // If it were hashed, this would be found.
        Damage(archive);
        File.SetLastWriteTimeUtc(archive, written);
        await run.PullAsync();

        Assert.Equal(FaultCode.GostSumWrong, Assert.Single(
            (await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(bundle.FullName))).Faults).Code);
    }

    [Fact]
    public async Task The_environment_can_name_who_computes()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder best = new();
        using TemporaryFolder other = new();
        EngineRun first = EngineRun.Of(source, best.FullName);
        EngineRun second = EngineRun.Of(source, other.FullName);
        second.Environment["D8_MIRROR_GOST_KERNEL"] = "bouncycastle";
        first.Settings = first.Settings with { GostDigest = true };
        second.Settings = second.Settings with { GostDigest = true };

        await first.PullAsync();
        await second.PullAsync();

        BundleRun.DemandSame(BundleRun.Files(best.FullName), BundleRun.Files(other.FullName));
        Assert.Equal(
            (StreebogKernels.Best.Name, "BouncyCastle"),
            ((await VerifyAsync(best.FullName)).Kernel,
            (await VerifyAsync(best.FullName, second.Environment)).Kernel));
    }

    [Fact]
    public async Task A_kernel_that_this_processor_does_not_have_is_a_fault_before_anything_is_done()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder bundle = new();
        EngineRun run = EngineRun.Of(source, bundle.Combine("bundle"));
        run.Environment["D8_MIRROR_GOST_KERNEL"] = "abacus";
        run.Settings = run.Settings with { GostDigest = true };

        Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(() => run.PullAsync())).Faults);

        Assert.Equal(FaultCode.SettingMalformed, fault.Code);
        Assert.Contains("BouncyCastle", fault.Advice, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bundle.Combine("bundle")));
        Assert.Empty(source.Requests.All);
    }

    [Theory]
    [InlineData("gost.json")]
    [InlineData("gost.md")]
    [InlineData("gost.html")]
    public async Task The_record_for_auditors_is_written_when_all_is_true_and_when_it_is_not(string name)
    {
        using BundleCopy bundle = new("0.33", "platform", "security");
        string file = bundle.PathOf(name);
        MirrorVerifyGostDigestSettings settings = new() { BundleDirectory = bundle.Folder, ReportFile = file };
        MirrorEngine engine = new(new Dictionary<string, string>(), TimeProvider.System);

        GostReport report = await engine.VerifyGostDigestAsync(settings, null, Cancellation);
        string passed = await File.ReadAllTextAsync(file, Cancellation);
        File.Delete(bundle.PathOf("security.tar.gostsum"));
        bundle.Flip("platform.tar", 100);
        await Assert.ThrowsAsync<MirrorException>(() => engine.VerifyGostDigestAsync(settings, null, Cancellation));
        string failed = await File.ReadAllTextAsync(file, Cancellation);

        Assert.Contains("passed", passed, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", passed, StringComparison.Ordinal);
        Assert.Contains(report.Kernel, passed, StringComparison.Ordinal);
        Assert.Contains($"{report.Finished:yyyy-MM-dd}", passed, StringComparison.Ordinal);
        Assert.All(report.Files, sum => Assert.Contains(sum.GostDigest!, passed, StringComparison.Ordinal));
        Assert.Contains(FaultCode.GostSumMissing, failed, StringComparison.Ordinal);
        Assert.Contains(FaultCode.GostSumWrong, failed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_says_of_each_file_what_was_expected_and_what_was_found()
    {
        using BundleCopy bundle = new("0.33", "security");
        string expected = await File.ReadAllTextAsync(bundle.PathOf("security.tar.gostsum"), Cancellation);
        bundle.Flip("security.tar", 100);
        string file = bundle.PathOf("gost.json");

        await Assert.ThrowsAsync<MirrorException>(() => new MirrorEngine(
            new Dictionary<string, string>(), TimeProvider.System).VerifyGostDigestAsync(
                new MirrorVerifyGostDigestSettings { BundleDirectory = bundle.Folder, ReportFile = file },
                null,
                Cancellation));

        using JsonDocument record = JsonDocument.Parse(await File.ReadAllTextAsync(file, Cancellation));
        JsonElement entry = record.RootElement.GetProperty("files").EnumerateArray().Single();
        string found = StreebogOracle.Of(
            await File.ReadAllBytesAsync(bundle.PathOf("security.tar"), Cancellation), 256);
        Assert.Equal(
            ("security.tar", new FileInfo(bundle.PathOf("security.tar")).Length, "failed", expected, found),
            (
                entry.GetProperty("name").GetString(),
                entry.GetProperty("bytes").GetInt64(),
                entry.GetProperty("result").GetString(),
                entry.GetProperty("expected").GetString(),
                entry.GetProperty("gostDigest").GetString()));
        Assert.Equal(
            ("deckhouse-mirror-gost/1", "failed"),
            (
                record.RootElement.GetProperty("format").GetString(),
                record.RootElement.GetProperty("result").GetString()));
    }

    [Fact]
    public async Task Wrong_missing_malformed_and_lonely_sums_are_told_at_once()
    {
        using BundleCopy bundle = new("0.33", "platform", "module", "security", "installer");
        bundle.Flip("platform.tar", bundle.LargestBlob("platform.tar").Offset);
        File.Delete(bundle.PathOf("security.tar.gostsum"));
        await File.WriteAllTextAsync(bundle.PathOf("installer.tar.gostsum"), "GOST", Cancellation);
        File.Delete(bundle.PathOf("module-console.tar"));

        ImmutableArray<Fault> faults = (await Assert.ThrowsAsync<MirrorException>(() =>
            VerifyAsync(bundle.Folder))).Faults;

        Assert.Equal(
            [
                (FaultCode.GostSumMalformed, "installer.tar.gostsum"),
                (FaultCode.GostSumOrphan, "module-console.tar.gostsum"),
                (FaultCode.GostSumWrong, "platform.tar"),
                (FaultCode.GostSumMissing, "security.tar"),
            ],
            faults.Select(fault => (fault.Code, fault.Message.Split(' ')[0])));
    }

    [Fact]
    public async Task Each_chunk_has_a_sum_of_its_own()
    {
        using BundleCopy bundle = new("0.33", "security");
        int chunks = bundle.Split("security.tar", 10_000);
        File.Delete(bundle.PathOf("security.tar.gostsum"));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(bundle.Folder));

        Assert.Equal(chunks, failure.Faults.Count(fault => fault.Code == FaultCode.GostSumMissing));
    }

    [Fact]
    public async Task A_push_checks_the_sums_only_if_it_is_told_to()
    {
        using BundleCopy bundle = new("0.33", "security");
        await File.WriteAllTextAsync(bundle.PathOf("security.tar.gostsum"), new string('0', 64), Cancellation);
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, bundle.Folder);

        await run.PushAsync();
        run.Settings = run.Settings with { VerifyGostDigest = true };

        Assert.Equal(FaultCode.GostSumWrong, Assert.Single(await run.FailAsync()).Code);
    }

    private static void Damage(string archive)
    {
        using FileStream file = File.Open(archive, FileMode.Open);
        file.Position = file.Length / 2;
        int value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 1));
    }

    private static Task<GostReport> VerifyAsync(string folder, Dictionary<string, string>? environment = null) =>
        new MirrorEngine(environment ?? [], TimeProvider.System).VerifyGostDigestAsync(
            new MirrorVerifyGostDigestSettings { BundleDirectory = folder }, null, Cancellation);
}
