using System.Collections.Immutable;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>No file that could be a part of the bundle is passed over by a push or a verification.</summary>
public sealed class LostFileTests
{
    private const string Module = "module-console.tar";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Unfinished =>
        ["platform.tar.part", "platform.tar.tmp", "platform.tar.0000.chunk.part", "platform.tar.journal"];

    public static TheoryData<string> Phantoms => ["platform.0000.chunk", "platform.tar.chunk000", "module-foo-1.chunk"];

    [Theory]
    [MemberData(nameof(LostNames.All), MemberType = typeof(LostNames))]
    [MemberData(nameof(Phantoms))]
    [MemberData(nameof(Unfinished))]
    public async Task An_archive_under_any_other_name_is_refused_by_name_and_nothing_is_sent(string name)
    {
        using BundleCopy bundle = new("0.33", "security");
        await File.WriteAllTextAsync(bundle.PathOf(name), "x", Cancellation);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        Fault verified = Assert.Single(await FailAsync(bundle.Folder));
        Fault pushed = Assert.Single(await new PushRun(target.Host, bundle.Folder).FailAsync());

        Assert.Equal(
            Unfinished.Any(row => row.Data == name) ? FaultCode.BundleUnfinished : FaultCode.ArchiveNameUnknown,
            verified.Code);
        Assert.Contains($"'{FoldedName.Shown(name)}'", verified.Message, StringComparison.Ordinal);
        Assert.Equal((verified.Code, verified.Message), (pushed.Code, pushed.Message));
        Assert.Empty(target.Requests.All);
    }

    [Fact]
    public async Task What_may_lie_there_is_no_concern_of_a_push()
    {
        using BundleCopy bundle = new("0.33", "security");
        foreach (string name in (string[])["README.txt", ".DS_Store", "security.tar.sha256", "security.tar.asc",
            "security.tar:Zone.Identifier", "report.html", "SHA256SUMS", "._README.txt", "mirror.targets"])
        {
            await File.WriteAllTextAsync(bundle.PathOf(name), "x", Cancellation);
        }

        Directory.CreateDirectory(bundle.PathOf("notes"));
        await using TestRegistry target = await PushRun.StartTargetAsync();

        MirrorReport report = await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.Equal([FaultCode.PlainHttpUsed], report.Warnings.Select(warning => warning.Code));
    }

    [Theory]
    [InlineData("bundle.zip", null, "'bundle.zip'")]
    [InlineData("xaa", null, "'xaa'")]
    [InlineData("sub", "platform.tar", "'sub/platform.tar'")]
    [InlineData("sub", "module-x.tar.0000.chunk", "'sub/module-x.tar.0000.chunk'")]
    [InlineData("platform.tar", "", "'platform.tar/'")]
    [InlineData("platform", "", "'platform/'")]
    [InlineData("platform.tar.download", "", "'platform.tar.download/'")]
    public async Task What_could_hold_archives_is_named_in_a_warning(string name, string? inside, string says)
    {
        using BundleCopy bundle = new("0.33", "security");
        if (inside is null)
        {
            await File.WriteAllTextAsync(bundle.PathOf(name), "x", Cancellation);
        }
        else
        {
            Directory.CreateDirectory(bundle.PathOf(name));
            if (inside.Length > 0)
            {
                await File.WriteAllTextAsync(bundle.PathOf(Path.Combine(name, inside)), "x", Cancellation);
            }
        }

        Fault warning = Assert.Single((await VerifyAsync(bundle.Folder)).Warnings);

        Assert.Equal(FaultCode.PossibleArchives, warning.Code);
        Assert.Contains(says, warning.Message, StringComparison.Ordinal);
        await using TestRegistry target = await PushRun.StartTargetAsync();
        Assert.Contains(
            (await new PushRun(target.Host, bundle.Folder).PushAsync()).Warnings,
            told => told.Message == warning.Message);
    }

    [Theory]
    [InlineData("platform.tar.gostsum")]
    [InlineData("platform.tar.0001.chunk.gostsum")]
    [InlineData("platform.tar.sha256")]
    [InlineData("platform.tar.sig")]
    public async Task A_sum_or_signature_of_an_archive_that_is_not_there_is_named_in_a_warning(string name)
    {
        using BundleCopy bundle = new("0.33", "security");
        await File.WriteAllTextAsync(bundle.PathOf(name), "x", Cancellation);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        MirrorReport pushed = await new PushRun(target.Host, bundle.Folder).PushAsync();
        Fault warning = Assert.Single((await VerifyAsync(bundle.Folder)).Warnings);

        Assert.Equal(FaultCode.ArchivePerhapsMissing, warning.Code);
        Assert.Contains($"'{name}'", warning.Message, StringComparison.Ordinal);
        Assert.Contains(pushed.Warnings, told => told.Message == warning.Message);
    }

    [Fact]
    public async Task An_inventory_without_its_archive_says_that_the_archive_is_missing()
    {
        using BundleCopy bundle = new("0.33", "security");
        await File.WriteAllTextAsync(bundle.PathOf("platform.tar.json"), "x", Cancellation);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        Fault verified = Assert.Single(await FailAsync(bundle.Folder));
        Fault pushed = Assert.Single(await new PushRun(target.Host, bundle.Folder).FailAsync());

        Assert.Equal(FaultCode.ArchiveMissing, verified.Code);
        Assert.StartsWith(
            "platform.tar (platform.tar.json is its inventory)", verified.Message, StringComparison.Ordinal);
        Assert.Equal(verified.Message, pushed.Message);
        Assert.Empty(target.Requests.All);
    }

    [Fact]
    public async Task A_push_of_a_bundle_that_lacks_an_archive_sends_nothing_unless_only_others_are_asked_for()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        using BundleCopy bundle = await PulledAsync(source);
        bundle.Delete(Module);

        Fault fault = Assert.Single(await new PushRun(target.Host, bundle.Folder).FailAsync());

        Assert.Equal(FaultCode.ArchiveMissing, fault.Code);
        Assert.StartsWith($"{Module} (20 images)", fault.Message, StringComparison.Ordinal);
        Assert.Empty(target.Requests.All);

        PushRun chosen = new(target.Host, "");
        chosen.Settings = chosen.Settings with { Files = [bundle.PathOf("security.tar")] };
        Assert.Equal("security.tar", Assert.Single((await chosen.PushAsync()).Plan.Archives).Name);
        using RegistryReader reader = new(target.Host);
        Assert.NotEmpty(await reader.ListAsync(Cancellation));
    }

    [Theory]
    [InlineData(Module, true, null)]
    [InlineData(Module, false, FaultCode.ArchiveNameUnknown)]
    [InlineData("module-other.tar", true, FaultCode.ArchiveNameUnknown)]
    public async Task An_AppleDouble_file_is_ignored_where_it_is_one_and_its_archive_is_there(
        string of, bool isOne, string? code)
    {
        using BundleCopy bundle = new("0.33", "module-console");
        byte[] content = [0, 5, 22, 7, 0, 2, 0, 0, .. "Mac OS X        "u8, .. new byte[4072]];
        await File.WriteAllBytesAsync(
            bundle.PathOf($"._{of}"),
            isOne ? content : await File.ReadAllBytesAsync(bundle.PathOf(Module), Cancellation),
            Cancellation);
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, bundle.Folder);

        if (code is not null)
        {
            Assert.Equal(code, Assert.Single(await run.FailAsync()).Code);
            return;
        }

        Fault warning = (await run.PushAsync()).Warnings.Single(told => told.Code == FaultCode.AppleDoubleIgnored);
        Assert.Contains($"'._{of}'", warning.Message, StringComparison.Ordinal);
        Assert.Contains("dot_clean", warning.Advice, StringComparison.Ordinal);
    }

    private static async Task<BundleCopy> PulledAsync(TestRegistry source)
    {
        using TemporaryFolder folder = new();
        await EngineRun.Of(source, folder.FullName).PullAsync();
        return BundleCopy.Of(folder.FullName);
    }

    private static Task<MirrorReport> VerifyAsync(string folder) =>
        new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System)
            .VerifyAsync(new MirrorVerifySettings { BundleDirectory = folder }, null, Cancellation);

    private static async Task<ImmutableArray<Fault>> FailAsync(string folder) =>
        (await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(folder))).Faults;
}
