using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>The same sources and version, copied to another folder and packed at another time.</summary>
[Collection(SharedPackage.Name)]
public sealed class DeterministicPackageTests(PackedPackage package)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Packed_twice_in_different_folders_it_is_the_same_byte_for_byte()
    {
        using TemporaryFolder folder = new();
        string tree = folder.Combine("another place for the sources");
        CopyTree(tree);

        DotNetRun pack = await DotNetRun.StartAsync(
            tree,
            PackedPackage.PackArguments(tree, package.Version, folder.Combine("b"), folder.Combine("out")),
            [],
            Cancellation);

        Assert.True(pack.ExitCode == 0, pack.Output);
        byte[] first = await File.ReadAllBytesAsync(package.File, Cancellation);
        byte[] again = await File.ReadAllBytesAsync(
            folder.Combine("out", Path.GetFileName(package.File)), Cancellation);
        Assert.True(
            again.AsSpan().SequenceEqual(first),
            string.Join('\n', Differences(package.File, folder.Combine("out", Path.GetFileName(package.File)))));
    }

    [Theory]
    [InlineData("Deckhouse.Mirror.MSBuild.dll")]
    [InlineData("Mirror.Engine.dll")]
    public async Task Its_assemblies_hold_their_symbols_with_no_path_of_the_machine_that_built_them(string assembly)
    {
        await using ZipArchive zip = await ZipFile.OpenReadAsync(package.File, Cancellation);
        using MemoryStream content = new();
        await using (Stream entry = await zip.GetEntry($"tasks/net10.0/{assembly}")!.OpenAsync(Cancellation))
        {
            await entry.CopyToAsync(content, Cancellation);
        }

        content.Position = 0;
        using PEReader file = new(content);
        using MetadataReaderProvider symbols = file.ReadEmbeddedPortablePdbDebugDirectoryData(
            file.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        MetadataReader reader = symbols.GetMetadataReader();
        string[] documents =
            [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];

        Assert.NotEmpty(documents);
        Assert.All(documents, document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));
    }

    private static void CopyTree(string to)
    {
        string[] wanted = ["src", "build", "docs", "Directory.Build.props", "Directory.Build.targets",
            "Directory.Packages.props", "global.json", ".editorconfig", "LICENSE"];
        foreach (string path in wanted.Select(name => Path.Combine(SourceTree.Root, name)))
        {
            IEnumerable<string> files = Directory.Exists(path)
                ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                : [path];
            foreach (string file in files)
            {
                string relative = Path.GetRelativePath(SourceTree.Root, file);
                if (!relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
                {
                    string copy = Path.Combine(to, relative);
                    Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                    File.Copy(file, copy);
                }
            }
        }
    }

    private static List<string> Differences(string first, string second)
    {
        using ZipArchive one = ZipFile.OpenRead(first);
        using ZipArchive two = ZipFile.OpenRead(second);
        return
        [
            .. one.Entries.Select(entry => (entry, other: two.GetEntry(entry.FullName)))
                .Where(pair => pair.other?.Crc32 != pair.entry.Crc32
                    || pair.other.LastWriteTime != pair.entry.LastWriteTime)
                .Select(pair => $"{pair.entry.FullName} differs"),
        ];
    }
}
