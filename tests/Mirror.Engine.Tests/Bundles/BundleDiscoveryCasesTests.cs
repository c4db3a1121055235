using System.Collections.Immutable;
using System.Text.Json;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>The cases about which files are archives.</summary>
public sealed class BundleDiscoveryCasesTests
{
    public static TheoryData<string> Names { get; } = Ids(spec => spec.Input.TryGetProperty("path", out _));

    public static TheoryData<string> Folders { get; } = Ids(spec => IsFolder(spec));

    public static TheoryData<string> Paths { get; } =
        Ids(spec => !spec.Input.TryGetProperty("path", out _) && !IsFolder(spec));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_an_archive_by_its_name(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string name = Path.GetFileName(SpecCase.Text(spec.Input, "path")!);

        string? archive = BundleNames.ArchiveOf(name);

        Dictionary<string, string?> answers = new()
        {
            ["isPackage"] = $"{archive is not null}",
            ["canonical"] = archive ?? name,
            ["archiveName"] = archive?[..^".tar".Length],
        };
        string[] members = [.. spec.Wanted.EnumerateObject().Select(member => member.Name).Where(answers.ContainsKey)];
        CaseFile.Check(
            spec,
            string.Join(' ', members.Select(member => Path.GetFileName(SpecCase.Any(spec.Wanted, member)))),
            string.Join(' ', members.Select(member => answers[member])));

        // What the case wants said, a push refuses.
        if (spec.Wanted.TryGetProperty("message", out _))
        {
            using TemporaryFolder folder = new();
            File.WriteAllText(folder.Combine("security.tar"), "x");
            File.WriteAllText(folder.Combine(name), "x");
            Assert.Contains(name, Assert.Single(Faults(folder.FullName)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_gives_its_archives(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using TemporaryFolder folder = new();
        foreach (JsonProperty file in spec.Input.GetProperty("bundle").EnumerateObject())
        {
            Make(folder.Combine(file.Name), file.Value.GetString()!, folder);
        }

        bool isOk = spec.Wanted.GetProperty("ok").GetBoolean();
        CaseFile.Check(
            spec,
            isOk ? string.Join(' ', SpecCase.Strings(spec.Wanted, "archives")) : CodeOf(spec),
            isOk ? string.Join(' ', Find(folder.FullName).Select(archive => archive.Name))
                : Assert.Single(Faults(folder.FullName)).Code);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Folders_and_files_are_given_together(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using TemporaryFolder folder = new();
        foreach (string file in new[]
        {
            "dir/platform.tar", "dir/notes.txt", "dir/platform.chunk", "dir/some-dir/x", "dirA/platform.tar",
            "dirB/module-x.tar", "cwd/bundle/platform.tar",
        })
        {
            Make(folder.Combine(file), "file", folder);
        }

        if (id == "disc-file-any-chunk")
        {
            File.Move(folder.Combine("dir/platform.tar"), folder.Combine("dir/platform.tar.0000.chunk"));
            Make(folder.Combine("dir/platform.tar.0001.chunk"), "file", folder);
        }

        if (id is "disc-dir-temp-default" or "disc-explicit-temp")
        {
            File.Delete(folder.Combine("dir/platform.chunk"));
        }

        string bundle = Placed(SpecCase.Text(spec.Input, "bundlePath") ?? "");
        ImmutableArray<string> files = [.. SpecCase.Strings(spec.Input, "file").Select(Placed)];
        if (spec.Wanted.GetProperty("ok").GetBoolean())
        {
            ImmutableArray<StoredArchive> found = Find(bundle, files);
            Dictionary<string, string> answers = new()
            {
                ["archives"] = string.Join(' ', found.Select(archive => archive.PathOf(archive.Name)).Order()),
                ["archiveCount"] = $"{found.Length}",
                ["tempDir"] = Directory.GetDirectories(folder.FullName, ".tmp", SearchOption.AllDirectories)
                    .FirstOrDefault() ?? "none",
            };
            string[] members = [.. spec.Wanted.EnumerateObject().Select(member => member.Name)
                .Where(answers.ContainsKey)];
            Assert.NotEmpty(members);
            CaseFile.Check(
                spec,
                Relative(string.Join(", ", members.Select(member => member == "archives"
                    ? string.Join(' ', SpecCase.Strings(spec.Wanted, member).Select(Placed).Order())
                    : Replaced(SpecCase.Any(spec.Wanted, member)!)))),
                Relative(string.Join(", ", members.Select(member => answers[member]))));
        }
        else
        {
            CaseFile.Check(spec, CodeOf(spec), Assert.Single(Faults(bundle, files)).Code);
        }

        // A front end makes full paths of relative ones.
        string Placed(string path) => path is "" ? "" : path[0] == '<' ? Replaced(path) : folder.Combine("cwd", path);

        string Replaced(string text) => text.Length == 0 || text[0] != '<' ? text
            : folder.Combine(text[1..].Replace(">", "", StringComparison.Ordinal));

        string Relative(string paths) => paths
            .Replace(folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .Replace(Path.DirectorySeparatorChar, '/');
    }

    [Fact]
    public void One_archive_by_two_spellings_of_its_folder_is_one()
    {
        using TemporaryFolder folder = new();
        Make(folder.Combine("real/platform.tar"), "file", folder);
        Directory.CreateSymbolicLink(folder.Combine("link"), folder.Combine("real"));

        ImmutableArray<StoredArchive> found = Find(
            folder.Combine("link"),
            [folder.Combine("real/platform.tar"), folder.Combine("real/../real/platform.tar")]);

        Assert.Equal("platform.tar", Assert.Single(found).Name);
    }

    private static TheoryData<string> Ids(Func<SpecCase, bool> wanted) =>
        CaseFile.Push.Ids(spec => spec.Kind == "package-discovery" && wanted(spec));

    private static bool IsFolder(SpecCase spec) =>
        spec.Input.TryGetProperty("bundle", out _) && !spec.Input.TryGetProperty("file", out _);

    private static string CodeOf(SpecCase spec) => SpecCase.Text(spec.Wanted, "error") switch
    {
        "no-packages" or "not-found" => FaultCode.NoArchives,
        "ambiguous-archive" => FaultCode.ArchiveAmbiguous,
        "is-directory" or "not-a-package" => FaultCode.ArchiveNameUnknown,
        var error => $"(no code for {error})",
    };

    private static ImmutableArray<StoredArchive> Find(string folder, ImmutableArray<string>? files = null) =>
        new BundleSet(new PhysicalDisk()).Find(folder, files ?? [], TestContext.Current.CancellationToken);

    private static ImmutableArray<Fault> Faults(string folder, ImmutableArray<string>? files = null) =>
        Assert.Throws<MirrorException>(() => Find(folder, files)).Faults;

    private static void Make(string path, string kind, TemporaryFolder folder)
    {
        switch (kind)
        {
            case "directory":
                Directory.CreateDirectory(path);
                break;
            case "symlink":
                Directory.CreateDirectory(folder.Combine("elsewhere"));
                File.WriteAllText(folder.Combine("elsewhere", "real"), "x");
                File.CreateSymbolicLink(path, folder.Combine("elsewhere", "real"));
                break;
            default:
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, "x");
                break;
        }
    }
}
