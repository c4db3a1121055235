using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Settings;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>How d8 splits archives and names the chunks.</summary>
public sealed class ChunkCasesTests
{
    public static TheoryData<string> Splits { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "chunk-split" && spec.Input.TryGetProperty("limitBytes", out _));

    public static TheoryData<string> Units { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "chunk-split" && spec.Input.TryGetProperty("option", out _));

    public static TheoryData<string> Names { get; } = CaseFile.Push.Ids("chunk-name");

    [Theory]
    [InlineData("chunk-write", "0.25.2")]
    [InlineData("chunk-write", "0.33")]
    [InlineData("chunk-overshoot", "0.33")]
    public void Pieces_written_by_a_pull(string id, string version)
    {
        SpecCase spec = CaseFile.Pull[id];

        ImmutableArray<ArchivePart> parts = ArchivePart.Cut(
            SpecCase.Text(spec.Input, "base")!, Number(spec, "total"), Number(spec, "chunk"));

        CaseFile.Check(
            spec,
            string.Join(' ', SpecCase.Strings(spec.Expected, "files")) + " " + Sizes(spec.Expected),
            string.Join(' ', parts.Select(part => part.Name)) + " " + Sizes(parts),
            version);
    }

    [Theory]
    [InlineData("chunk-temp")]
    public void Names_until_the_end_and_after_a_clean_up(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        using TemporaryFolder folder = new();
        using ArchiveParts parts = new(
            new BundleFolder(new PhysicalDisk(), folder.FullName),
            ArchivePart.Cut("m.tar", Number(spec, "total"), Number(spec, "chunk")));
        parts.Create();
        string[] names = [.. Directory.GetFiles(folder.FullName)];
        parts.Delete();

        Assert.All(names, name => Assert.EndsWith(".chunk.part", name, StringComparison.Ordinal));
        Assert.Empty(SpecCase.Strings(spec.Expected, "after_cleanup"));
        Assert.Empty(Directory.GetFiles(folder.FullName));
        string ending = SpecCase.Text(spec.Expected, "all_names_end_with")!;
        CaseFile.Check(
            spec, ending, names.All(name => name.EndsWith(ending, StringComparison.Ordinal)) ? ending : ".part");
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public void Sizes_of_chunks(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        long total = spec.Input.GetProperty("writes").EnumerateArray().Sum(write => write.GetInt64());

        ImmutableArray<ArchivePart> parts = ArchivePart.Cut("m.tar", total, Number(spec, "limitBytes"));

        CaseFile.Check(spec, Sizes(spec.Wanted), Sizes(parts));
        Assert.Equal("m.tar.0000.chunk", parts[0].Name);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void A_number_without_a_unit(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string expected = SpecCase.Any(spec.Wanted, "limitBytes")
            ?? SpecCase.Text(spec.Wanted, "error") ?? "none";

        CaseFile.Check(spec, expected, Limit(SpecCase.Any(spec.Input, "option")!));

        static string Limit(string text)
        {
            try
            {
                long bytes = SettingsTexts.Read(
                    ("D8MirrorBundleDirectory", SettingsTexts.Folder),
                    ("D8MirrorBundleChunkSize", text)).BundleChunkSize;
                return bytes == 0 ? "none" : bytes.ToString(CultureInfo.InvariantCulture);
            }
            catch (MirrorException exception) when (exception.Faults[0].Code == FaultCode.SettingOutOfRange)
            {
                return "chunk-size";
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_of_chunks(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        ChunkName name = new(SpecCase.Text(spec.Input, "archive")!, (int)Number(spec, "index"));

        Assert.Equal(SpecCase.Text(spec.Wanted, "final"), name.FileName);
        Assert.Equal(name, ChunkName.Parse(name.FileName));
        CaseFile.Check(spec, SpecCase.Text(spec.Wanted, "staged")!, BundleNames.Part(name.FileName));
        Assert.Equal(name.Archive, BundleNames.StagedArchive(SpecCase.Text(spec.Wanted, "staged")!));
        Assert.Equal(name.Archive, BundleNames.StagedArchive(BundleNames.Part(name.FileName)));
    }

    private static long Number(SpecCase spec, string name) => spec.Input.GetProperty(name).GetInt64();

    private static string Sizes(JsonElement wanted) => JsonSerializer.Serialize(
        wanted.GetProperty("sizes").EnumerateArray().Select(size => size.GetInt64()));

    private static string Sizes(ImmutableArray<ArchivePart> parts) =>
        JsonSerializer.Serialize(parts.Select(part => part.Length));
}
