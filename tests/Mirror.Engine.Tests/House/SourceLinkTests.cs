using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>A library with the shared build files: in clones of two remotes, and outside of any clone.</summary>
public sealed class SourceLinkTests : IDisposable
{
    private const string Commit = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    /// <summary>The kind of the record that holds the link, of the format of portable PDB files.</summary>
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[remote \"origin\"]\n\turl = https://github.com/deckhouse-mirror/deckhouse-mirror.git\n", true)]
    [InlineData("[remote \"origin\"]\n\turl = /somewhere/on/this/machine\n", false)]
    [InlineData(null, false)]
    public async Task Symbols_link_to_the_commit_where_the_remote_is_known_and_elsewhere_the_build_says_nothing(
        string? remote, bool isLinked)
    {
        WriteProject();
        if (remote is not null)
        {
            WriteClone(remote);
        }

        DotNetRun build = await DotNetRun.StartAsync(
            _folder.FullName,
            [
                "build", "src/Sample", "-c", "Release", "-nologo", "-tl:off", "-nodeReuse:false", "-warnaserror",
                "-p:PacksSourceLink=true", "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false",
            ],
            [],
            TestContext.Current.CancellationToken);

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Empty(build.LinesWith("warning "));
        (string? link, string[] documents) = ReadSymbols(
            _folder.Combine("src", "Sample", "bin", "Release", "net10.0", "Sample.dll"));
        Assert.NotEmpty(documents);
        Assert.All(documents, document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));
        Assert.Equal(
            isLinked,
            link?.Contains(
                "\"/_/*\":\"https://raw.githubusercontent.com/deckhouse-mirror/deckhouse-mirror/" + Commit + "/*\"",
                StringComparison.Ordinal) ?? false);
    }

    private static (string? Link, string[] Documents) ReadSymbols(string file)
    {
        using PEReader assembly = new(File.OpenRead(file));
        using MetadataReaderProvider symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(
            assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        MetadataReader reader = symbols.GetMetadataReader();
        byte[]? link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == s_sourceLink)
            .Select(information => reader.GetBlobBytes(information.Value))
            .SingleOrDefault();
        return (
            link is null ? null : Encoding.UTF8.GetString(link),
            [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))]);
    }

    private void WriteProject()
    {
        string[] shared =
        [
            "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "LICENSE",
            "build/Library.props", "build/icon.png",
        ];
        foreach (string file in shared)
        {
            string copy = _folder.Combine(file.Split('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(RepositoryTree.PathOf(file), copy);
        }

        Write("src/Sample/Sample.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        Write("src/Sample/Sample.cs", "namespace Sample;\n\ninternal static class Sample;\n");
    }

    private void WriteClone(string remote)
    {
        Write(".git/HEAD", Commit + "\n");
        Write(".git/config", "[core]\n\trepositoryformatversion = 0\n" + remote);
        Directory.CreateDirectory(_folder.Combine(".git", "objects"));
        Directory.CreateDirectory(_folder.Combine(".git", "refs"));
    }

    private void Write(string file, string content)
    {
        string path = _folder.Combine(file.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
