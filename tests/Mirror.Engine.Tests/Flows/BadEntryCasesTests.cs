using System.Text;
using System.Text.Json;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The cases about entries that lead elsewhere, are no files, or are there twice.</summary>
public sealed class BadEntryCasesTests
{
    private const string Empty = """{"schemaVersion":2,"manifests":[]}""";

    public static TheoryData<string> Ids { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "tar-bad"
        && (spec.Input.TryGetProperty("entry", out _) || spec.Input.TryGetProperty("entries", out _)));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_entry_is_taken_or_refused(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        DrawnArchive drawn = new DrawnArchive().Layout("modules/console/", ("v1.0.0", "console"));
        foreach (ForgedEntry entry in Entries(spec))
        {
            drawn.Archive.Entries.Add(entry);
        }

        AddLayoutFiles(drawn.Archive);
        using BadArchiveRun run = new();
        drawn.Write(run.PathOf("platform.tar"));

        CaseFile.Check(spec, BadArchiveRun.Expected(spec), await run.AnswerAsync());

        Assert.All(run.Faults, fault => Assert.Contains("platform.tar", fault.Message, StringComparison.Ordinal));
    }

    private static IEnumerable<ForgedEntry> Entries(SpecCase spec)
    {
        if (SpecCase.Text(spec.Input, "entry") is { } single)
        {
            yield return Entry(single, null);
            yield break;
        }

        foreach (JsonElement entry in spec.Input.GetProperty("entries").EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.String)
            {
                yield return Entry(entry.GetString()!, null);
                continue;
            }

            ForgedEntry made = Entry(entry.GetProperty("name").GetString()!, SpecCase.Text(entry, "body"));
            yield return SpecCase.Text(entry, "type") switch
            {
                "symlink" => made with { Content = [], Type = '2', Link = SpecCase.Text(entry, "to")! },
                "hardlink" => made with { Content = [], Type = '1', Link = SpecCase.Text(entry, "to")! },
                "char-device" => made with { Content = [], Type = '3' },
                "directory" => made with { Content = [], Type = '5' },
                "pax" => BrokenArchives.Extended("mtime=1"),
                _ => made,
            };
        }
    }

    // A file of the case that a layout can have stands for one: its "f" is an index, or it would be refused as a name.
    private static ForgedEntry Entry(string name, string? body) => new(
        name == "f" ? "index.json" : name,
        Encoding.UTF8.GetBytes(body ?? (name.EndsWith("index.json", StringComparison.Ordinal) ? Empty : "x")));

    /// <summary>A layout has two files, of which a case names one.</summary>
    private static void AddLayoutFiles(ForgedArchive archive)
    {
        foreach (string path in archive.Entries.Select(entry => entry.Name)
            .Where(name => name.EndsWith("index.json", StringComparison.Ordinal))
            .Select(name => name[..^"index.json".Length]).Distinct().ToList())
        {
            if (archive.Entries.All(entry => entry.Name != $"{path}oci-layout"))
            {
                archive.Add($"{path}oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8);
            }
        }
    }
}
