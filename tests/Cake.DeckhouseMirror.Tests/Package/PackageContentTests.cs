using System.IO.Compression;
using System.Xml.Linq;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

[Collection(SharedPackages.Name)]
public sealed class PackageContentTests(PackedPackages packages)
{
    [Fact]
    public async Task The_package_holds_exactly_these_files()
    {
        await using ZipArchive zip = await OpenAsync();

        Assert.Equal(
            [
                "Cake.DeckhouseMirror.nuspec",
                "README.md",
                "icon.png",
                "lib/net10.0/Cake.DeckhouseMirror.dll",
                "lib/net10.0/Cake.DeckhouseMirror.xml",
            ],
            zip.Entries.Select(entry => entry.FullName).Where(IsOurs).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_package_asks_for_the_engine_of_its_version_and_for_no_Cake()
    {
        await using ZipArchive zip = await OpenAsync();
        await using Stream nuspec = await zip.GetEntry("Cake.DeckhouseMirror.nuspec")!.OpenAsync(
            TestContext.Current.CancellationToken);
        XElement root = await XElement.LoadAsync(nuspec, LoadOptions.None, TestContext.Current.CancellationToken);
        string? Value(string name) =>
            root.Descendants().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

        Assert.Equal(
            [(PackedPackages.Engine, packages.Version)],
            root.Descendants().Where(element => element.Name.LocalName == "dependency")
                .Select(element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value)));
        Assert.Equal(packages.Version, Value("version"));
        Assert.Equal("Apache-2.0", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Contains("cake-addin", Value("tags")!.Split(' '));
    }

    [Fact]
    public async Task The_package_shows_the_page_about_Cake()
    {
        await using ZipArchive zip = await OpenAsync();
        using StreamReader page = new(await zip.GetEntry("README.md")!.OpenAsync(
            TestContext.Current.CancellationToken));

        Assert.StartsWith(
            "# Cake.DeckhouseMirror", await page.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    // The others are the envelope of every package, with names that NuGet chooses.
    private static bool IsOurs(string name) =>
        name != "[Content_Types].xml"
        && !name.StartsWith("_rels/", StringComparison.Ordinal)
        && !name.StartsWith("package/", StringComparison.Ordinal);

    private Task<ZipArchive> OpenAsync() =>
        ZipFile.OpenReadAsync(packages.FileOf(PackedPackages.Addin), TestContext.Current.CancellationToken);
}
