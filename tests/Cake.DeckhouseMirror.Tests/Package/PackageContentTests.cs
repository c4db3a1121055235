using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

[Collection(SharedPackages.Name)]
public sealed class PackageContentTests(PackedPackages packages)
{
    private static IEnumerable<string> ManualPages =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(SourceTree.Root, file).Replace('\\', '/'))
            .Where(file => Path.GetExtension(file) is ".md" or ".json"
                && !file.StartsWith("docs/decisions/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    [Fact]
    public async Task The_package_holds_exactly_these_files()
    {
        await using ZipArchive zip = await OpenAsync();

        Assert.Equal(
            [
                "Cake.DeckhouseMirror.nuspec",
                "LICENSE",
                "README.md",
                .. ManualPages,
                "icon.png",
                "lib/net10.0/Cake.DeckhouseMirror.dll",
                "lib/net10.0/Cake.DeckhouseMirror.xml",
            ],
            zip.Entries.Select(entry => entry.FullName).Where(IsOurs).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_package_asks_for_exactly_the_engine_of_its_version_and_for_no_Cake()
    {
        XElement root = await ManifestAsync(PackedPackages.Addin);
        string? Value(string name) =>
            root.Descendants().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

        Assert.Equal([(PackedPackages.Engine, $"[{packages.Version}]")], DependenciesIn(root));
        Assert.Equal(packages.Version, Value("version"));
        Assert.Equal("Apache-2.0", Value("license"));
        Assert.Equal("https://github.com/deckhouse-mirror/deckhouse-mirror", Value("projectUrl"));
        Assert.Equal("README.md", Value("readme"));
        Assert.EndsWith("/CHANGELOG.md", Value("releaseNotes"));
        Assert.StartsWith("Copyright (c) ", Value("copyright"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Superset(
            new HashSet<string> { "cake-addin", "cake-build", "cake", "addin", "script", "build" },
            Value("tags")!.Split(' ').ToHashSet());
    }

    [Fact]
    public async Task The_assembly_has_its_symbols_inside()
    {
        await using ZipArchive zip = await OpenAsync();
        await using Stream packed = await zip.GetEntry("lib/net10.0/Cake.DeckhouseMirror.dll")!.OpenAsync(
            TestContext.Current.CancellationToken);
        using MemoryStream assembly = new();
        await packed.CopyToAsync(assembly, TestContext.Current.CancellationToken);
        assembly.Position = 0;
        using PEReader reader = new(assembly);

        Assert.Contains(
            reader.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
    }

    // Cake's installer takes exactly the lowest version that a package asks for, and needs one on the feed.
    [Fact]
    public async Task Every_dependency_of_the_engine_has_a_lowest_version_that_was_restored_here()
    {
        EnginePackages restored = await EnginePackages.ReadAsync(TestContext.Current.CancellationToken);

        var asked = await DependenciesAsync(PackedPackages.Engine);

        Assert.NotEmpty(asked);
        Assert.All(asked, dependency => Assert.Equal(restored.VersionOf(dependency.Id), dependency.Version));
    }

    // Cake's installer follows the dependencies of a dependency only where the feed describes them.
    [Fact]
    public async Task The_engine_asks_itself_for_what_its_dependencies_need()
    {
        EnginePackages restored = await EnginePackages.ReadAsync(TestContext.Current.CancellationToken);
        string[] asked = [.. (await DependenciesAsync(PackedPackages.Engine)).Select(dependency => dependency.Id)];

        string[] needed = [.. asked.SelectMany(restored.NeedsOf)];

        Assert.NotEmpty(needed);
        Assert.Empty(needed.Except(asked));
    }

    [Theory]
    [InlineData(PackedPackages.Addin)]
    [InlineData(PackedPackages.Engine)]
    public async Task A_package_shows_the_page_about_itself(string id)
    {
        await using ZipArchive zip = await ZipFile.OpenReadAsync(
            packages.FileOf(id), TestContext.Current.CancellationToken);
        using StreamReader page = new(await zip.GetEntry("README.md")!.OpenAsync(
            TestContext.Current.CancellationToken));

        Assert.StartsWith($"# {id}\n", await page.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    // The others are the envelope of every package, with names that NuGet chooses.
    private static bool IsOurs(string name) =>
        name != "[Content_Types].xml"
        && !name.StartsWith("_rels/", StringComparison.Ordinal)
        && !name.StartsWith("package/", StringComparison.Ordinal);

    private static IEnumerable<(string Id, string Version)> DependenciesIn(XElement manifest) =>
        manifest.Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value));

    private async Task<(string Id, string Version)[]> DependenciesAsync(string id) =>
        [.. DependenciesIn(await ManifestAsync(id))];

    private async Task<XElement> ManifestAsync(string id)
    {
        await using ZipArchive zip = await ZipFile.OpenReadAsync(
            packages.FileOf(id), TestContext.Current.CancellationToken);
        await using Stream nuspec = await zip.GetEntry($"{id}.nuspec")!.OpenAsync(
            TestContext.Current.CancellationToken);
        return await XElement.LoadAsync(nuspec, LoadOptions.None, TestContext.Current.CancellationToken);
    }

    private Task<ZipArchive> OpenAsync() =>
        ZipFile.OpenReadAsync(packages.FileOf(PackedPackages.Addin), TestContext.Current.CancellationToken);
}
