using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class PackageContentTests(PackedPackage package)
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
        await using ZipArchive zip =
            await ZipFile.OpenReadAsync(package.File, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "Deckhouse.Mirror.MSBuild.nuspec",
                "LICENSE",
                "README.md",
                "Sdk/Sdk.props",
                "Sdk/Sdk.targets",
                "THIRD-PARTY-NOTICES.txt",
                "build/Deckhouse.Mirror.MSBuild.props",
                "build/Deckhouse.Mirror.MSBuild.targets",
                "build/Deckhouse.Mirror.MSBuild.targets.buildschema.json",
                "buildMultiTargeting/Deckhouse.Mirror.MSBuild.props",
                "buildMultiTargeting/Deckhouse.Mirror.MSBuild.targets",
                .. ManualPages,
                "icon.png",
                "tasks/net10.0/BouncyCastle.Cryptography.dll",
                "tasks/net10.0/Deckhouse.Mirror.MSBuild.deps.json",
                "tasks/net10.0/Deckhouse.Mirror.MSBuild.dll",
                "tasks/net10.0/Microsoft.Extensions.Primitives.dll",
                "tasks/net10.0/Mirror.Engine.dll",
                "tasks/net10.0/Polly.Core.dll",
                "tasks/net10.0/Polly.dll",
                "tasks/net10.0/Semver.dll",
                "tasks/net10.0/YamlDotNet.dll",
                "tasks/net10.0/ZstdSharp.dll",
                "templates/d8mirror/.gitignore",
                "templates/d8mirror/.template.config/template.json",
                "templates/d8mirror/Directory.Build.rsp",
                "templates/d8mirror/airgap.proj",
                "templates/d8mirror/feeds.config",
            ],
            zip.Entries.Select(entry => entry.FullName).Where(IsOurs).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_package_asks_for_no_other_package_and_is_for_development_only()
    {
        using Stream nuspec = await OpenAsync("Deckhouse.Mirror.MSBuild.nuspec");
        XElement root = await XElement.LoadAsync(nuspec, LoadOptions.None, TestContext.Current.CancellationToken);
        XElement metadata = Assert.Single(root.Elements());
        string? Value(string name) => metadata.Element(metadata.Name.Namespace + name)?.Value;

        Assert.Null(Value("dependencies"));
        Assert.Equal("true", Value("developmentDependency"));
        Assert.Equal(
            ["MSBuildSdk", "Dependency", "Template"],
            metadata.Descendants(metadata.Name.Namespace + "packageType")
                .Select(type => type.Attribute("name")!.Value));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal("Apache-2.0", Value("license"));
        Assert.Equal("https://github.com/deckhouse-mirror/deckhouse-mirror", Value("projectUrl"));
        Assert.Equal(package.Version, Value("version"));
        Assert.EndsWith("/CHANGELOG.md", Value("releaseNotes"));
        Assert.StartsWith("Copyright (c) ", Value("copyright"));
        Assert.Contains("dotnet-new", Value("tags")!.Split(' '));
        XElement repository = metadata.Element(metadata.Name.Namespace + "repository")!;
        Assert.Equal(
            ("git", Value("projectUrl")),
            (repository.Attribute("type")!.Value, repository.Attribute("url")!.Value));
    }

    [Fact]
    public async Task Every_assembly_that_the_tasks_need_is_in_the_package_or_in_MSBuild()
    {
        using Stream file = await OpenAsync("tasks/net10.0/Deckhouse.Mirror.MSBuild.deps.json");
        using JsonDocument deps = await JsonDocument.ParseAsync(
            file, cancellationToken: TestContext.Current.CancellationToken);
        IEnumerable<string> needed = deps.RootElement.GetProperty("targets").EnumerateObject().Single().Value
            .EnumerateObject()
            .SelectMany(library => library.Value.TryGetProperty("runtime", out JsonElement runtime)
                ? runtime.EnumerateObject().Select(assembly => assembly.Name.Split('/')[^1])
                : [])
            .Distinct();
        await using ZipArchive zip =
            await ZipFile.OpenReadAsync(package.File, TestContext.Current.CancellationToken);

        Assert.Equal(
            needed.Order(StringComparer.Ordinal),
            zip.Entries.Select(entry => entry.Name)
                .Where(name => name.EndsWith(".dll", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_licenses_of_all_assemblies_of_other_projects_are_in_the_package()
    {
        using StreamReader reader = new(await OpenAsync("THIRD-PARTY-NOTICES.txt"));
        string notices = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        await using ZipArchive zip =
            await ZipFile.OpenReadAsync(package.File, TestContext.Current.CancellationToken);

        Assert.Equal(
            zip.Entries.Select(entry => entry.Name)
                .Where(name => name.EndsWith(".dll", StringComparison.Ordinal)
                    && name is not ("Mirror.Engine.dll" or "Deckhouse.Mirror.MSBuild.dll"))
                .Order(StringComparer.Ordinal),
            notices.Split('\n')
                .Where(line => line.StartsWith("Assemblies: ", StringComparison.Ordinal))
                .SelectMany(line => line["Assemblies: ".Length..].Split(", "))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_package_shows_the_page_about_MSBuild()
    {
        using StreamReader reader = new(await OpenAsync("README.md"));

        Assert.StartsWith(
            "# Deckhouse.Mirror.MSBuild", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    // The others are the envelope of every package, with names that NuGet chooses.
    private static bool IsOurs(string name) =>
        name != "[Content_Types].xml"
        && !name.StartsWith("_rels/", StringComparison.Ordinal)
        && !name.StartsWith("package/", StringComparison.Ordinal);

    private async Task<MemoryStream> OpenAsync(string name)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using ZipArchive zip = await ZipFile.OpenReadAsync(package.File, stop);
        await using Stream entry = await zip.GetEntry(name)!.OpenAsync(stop);
        MemoryStream content = new();
        await entry.CopyToAsync(content, stop);
        content.Position = 0;
        return content;
    }
}
