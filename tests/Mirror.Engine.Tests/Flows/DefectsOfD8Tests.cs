using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// What d8 lists as defects of its own, with the miniature source. Others of that list: an older first release
/// (<see cref="PlatformPlanTests"/>), the channels of exact rules for packages (<see cref="CataloguePlanTests"/>), the
/// checksums of all files (<see cref="GostPullTests"/>).
/// </summary>
public sealed class DefectsOfD8Tests(MiniBundle bundle) : IClassFixture<MiniBundle>
{
    private const string Installers = "deckhouse/ee/install";

    /// <summary>The release of the channel stable.</summary>
    private const string Release = "v1.69.4";

    [Fact]
    public async Task A_folder_with_other_files_is_pushed_as_without_them_and_they_stay()
    {
        using BundleCopy folder = BundleCopy.Of(bundle.Folder);
        foreach (string name in (string[])
            ["README.md", "notes.txt", "index.json", "oci-layout", "data.bin", ".hidden", "tmp/index.json"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.PathOf(name))!);
            await File.WriteAllTextAsync(folder.PathOf(name), name, TestContext.Current.CancellationToken);
        }

        (string, string)[] before = [.. Files(folder.Folder)];
        await using TestRegistry plain = await PushRun.StartTargetAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(plain.Host, bundle.Folder).PushAsync();

        MirrorReport report = await new PushRun(target.Host, folder.Folder).PushAsync();

        Assert.Equal(plain.Dump(), target.Dump());
        Assert.Equal(before, Files(folder.Folder));
        Assert.Equal([FaultCode.PlainHttpUsed], report.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public async Task A_push_publishes_nothing_of_one_that_failed_before_it()
    {
        using TemporaryFolder tmp = new();
        using BundleCopy other = new("0.33", "module-neuvector");
        await using TestRegistry plain = await PushRun.StartTargetAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(plain.Host, other.Folder).PushAsync();
        FaultRule refusal = target.Faults.Add(
            request => request.Method == "PUT" && request.IsManifest(),
            new RegistryFault { Status = 403, ErrorCode = "DENIED" });
        await Push(bundle.Folder).FailAsync();
        target.Faults.Remove(refusal);
        File.Copy(Path.Combine(bundle.Folder, "installer.tar"), tmp.Combine("installer.tar"));

        await Push(other.Folder).PushAsync();

        Assert.NotEmpty(plain.Dump());
        Assert.Equal(plain.Dump(), target.Dump());

        PushRun Push(string folder)
        {
            PushRun push = new(target.Host, folder);
            push.Settings = push.Settings with { TmpDirectory = tmp.FullName };
            return push;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Release)]
    public async Task A_release_without_its_installer_is_refused_by_name(string? tag)
    {
        ContentSet content = DeckhouseMini.Load();
        Assert.True(content.Repository(Installers).RemoveTag(Release));
        await using TestRegistry source = await MiniSource.StartAsync(content);
        using TemporaryFolder folder = new();
        EngineRun run = EngineRun.Of(source, folder.FullName);
        run.Settings = run.Settings with { Components = MirrorComponents.Platform, DeckhouseTag = tag };

        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(run.PlanAsync);

        Fault fault = Assert.Single(refusal.Faults);
        Assert.Equal(FaultCode.ReleaseIncomplete, fault.Code);
        Assert.Contains($"{Installers}:{Release} ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_without_the_installer_of_a_release_is_pushed_without_the_one_of_its_channel()
    {
        using BundleCopy folder = BundleCopy.Of(bundle.Folder);
        Array.ForEach(Directory.GetFiles(folder.Folder, "*.json"), File.Delete);
        ForgedArchive.Change(folder.PathOf("platform.tar"), archive => archive.ChangeIndex("install/", index =>
        {
            JsonArray images = index["manifests"]!.AsArray();
            images.Remove(images.Single(image => (string?)image!["annotations"]![ForgedArchive.ShortTag] == Release));
        }));
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await new PushRun(target.Host, folder.Folder).PushAsync();

        ImmutableArray<string> tags = [.. target.Content.Repository("mirror/ee/install").Tags];
        Assert.DoesNotContain(Release, tags);
        Assert.Equal(
            MiniChannels.ByVersion.Values.Where(channel => channel != "stable").Order(StringComparer.Ordinal),
            tags.Where(tag => !tag.StartsWith('v')));
        Assert.Contains("stable", target.Content.Repository("mirror/ee/release-channel").Tags);
    }

    private static IEnumerable<(string Path, string Content)> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (path, Encoding.Latin1.GetString(File.ReadAllBytes(path))));
}
