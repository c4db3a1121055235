using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The cases about archives that are cut off, are no archives, or hold what is not true.</summary>
public sealed class BadArchiveCasesTests
{
    private const string Layout = "modules/console/";
    private const string Archive = "platform.tar";

    [Theory]
    [InlineData("tarbad-bad-checksum")]
    [InlineData("tarbad-garbage")]
    [InlineData("tarbad-cut-in-header")]
    [InlineData("tarbad-cut-in-body-then-next")]
    [InlineData("tarbad-cut-in-body-last")]
    [InlineData("tarbad-cut-at-border")]
    [InlineData("tarbad-cut-in-trailer")]
    [InlineData("tarbad-zero-blocks-only")]
    [InlineData("tarbad-empty-file")]
    [InlineData("tarbad-after-end-garbage")]
    [InlineData("tarbad-after-end-zeros")]
    public async Task An_archive_is_whole_or_says_where_it_is_not(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using BadArchiveRun run = new();
        byte[] whole = Drawn().Archive.ToBytes();
        await File.WriteAllBytesAsync(
            run.PathOf(Archive), Damaged(spec, whole), TestContext.Current.CancellationToken);
        if (SpecCase.Any(spec.Input, "otherArchivesFollow") == "True")
        {
            new DrawnArchive().Layout("modules/other/", ("v1.0.0", "other")).Write(run.PathOf("platform2.tar"));
        }

        CaseFile.Check(spec, BadArchiveRun.Expected(spec), await run.AnswerAsync());

        if (SpecCase.Any(spec.Wanted, "offset") == "True")
        {
            Assert.Contains("before byte ", run.Faults[0].Message, StringComparison.Ordinal);
        }

        string[] warnings = SpecCase.Text(spec.Wanted, "warning") switch
        {
            "short end marker" => [FaultCode.ArchiveEndShort],
            "data after end marker" => [FaultCode.ArchiveTail],
            _ => [],
        };
        Assert.Equal(warnings, run.Warnings.Select(warning => warning.Code));
        Assert.All(run.Warnings, warning => Assert.StartsWith(Archive, warning.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tarbad-unparsable-index")]
    [InlineData("tarbad-index-upper-hex")]
    [InlineData("tarbad-blob-missing")]
    [InlineData("tarbad-blob-hash-mismatch")]
    [InlineData("tarbad-blob-size-mismatch")]
    [InlineData("tarbad-manifest-tampered")]
    [InlineData("tarbad-index-sha512")]
    public async Task What_an_index_names_must_be_there_and_true(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        DrawnArchive drawn = Drawn();
        Change(id, drawn.Archive);
        using BadArchiveRun run = new();
        drawn.Write(run.PathOf(Archive));

        CaseFile.Check(spec, BadArchiveRun.Expected(spec), await run.AnswerAsync());
    }

    [Theory]
    [InlineData("tarbad-invalid-index-collision")]
    [InlineData("tarbad-all-archives-fail")]
    public async Task One_archive_that_fails_does_not_spoil_another_and_fails_the_run(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using BadArchiveRun run = new();
        bool isCollision = spec.Wanted.TryGetProperty("b", out _);
        if (isCollision)
        {
            Drawn().Write(run.PathOf("a.tar"));
            Drawn().Write(run.PathOf("c.tar"));
            DrawnArchive invalid = Drawn();
            invalid.Archive.Replace($"{Layout}index.json", [.. "{not json"u8]);
            invalid.Write(run.PathOf("b.tar"));
        }
        else
        {
            await File.WriteAllBytesAsync(
                run.PathOf("x.tar"), Drawn().Archive.ToBytes()[..^2000], TestContext.Current.CancellationToken);
        }

        string answer = await run.AnswerAsync();

        // A verb that throws fails the build; each archive that fails is named, and no other.
        Assert.StartsWith(
            isCollision ? "b.tar " : "x.tar ", Assert.Single(run.Faults).Message, StringComparison.Ordinal);
        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Wanted, "exit")!.Split(' ')[0],
            answer.StartsWith("False", StringComparison.Ordinal) ? "non-zero" : "0");
    }

    private static DrawnArchive Drawn() => new DrawnArchive().Layout(Layout, ("v1.0.0", "console"));

    private static byte[] Damaged(SpecCase spec, byte[] whole)
    {
        byte[] bytes = [.. whole];
        switch (SpecCase.Text(spec.Input, "cut") ?? SpecCase.Text(spec.Input, "afterEnd")
            ?? SpecCase.Text(spec.Input, "corrupt") ?? SpecCase.Text(spec.Input, "bytes"))
        {
            case "header checksum":
                bytes[150] ^= 1;
                return bytes;
            case "random, 4096":
                return SketchedBundle.Bytes(new Random(4), 4096);
            case "inside a header block":
                return bytes[..(1024 + 100)];
            case "inside a body":
                return bytes[..(512 + 10)];
            case "exactly between two entries":
                return bytes[..1024];
            case "after the first of two zero blocks":
                return bytes[..^512];
            case "1024 zeros":
                return new byte[1024];
            case "":
                return [];
            case "non-zero bytes":
                return [.. bytes, 1, 2, 3];
            case "8192 zeros":
                return [.. bytes, .. new byte[8192]];
            default:
                throw new ArgumentException($"{spec.Id} has no known damage.", nameof(spec));
        }
    }

    private static void Change(string id, ForgedArchive archive)
    {
        string manifest = archive.ManifestOf(Layout);
        string layer = archive.LayerOf(Layout);
        switch (id)
        {
            case "tarbad-unparsable-index":
                archive.Replace($"{Layout}index.json", [.. "{not json"u8]);
                break;
            case "tarbad-index-upper-hex":
                archive.ChangeDescriptor(Layout, descriptor => descriptor["digest"] =
                    $"sha256:{descriptor["digest"]!.GetValue<string>()[7..].ToUpperInvariant()}");
                break;
            case "tarbad-blob-missing":
                archive.Remove(manifest);
                break;
            case "tarbad-blob-hash-mismatch":
                archive.Replace(layer, [.. archive[layer].Content[..^1], (byte)'?']);
                break;
            case "tarbad-blob-size-mismatch":
                archive.Replace(layer, archive[layer].Content[..^1]);
                break;
            case "tarbad-manifest-tampered":
                JsonObject changed = JsonNode.Parse(archive[manifest].Content)!.AsObject();
                changed["annotations"] = new JsonObject();
                changed.Remove("mediaType");
                archive.Replace(manifest, Padded(changed, archive[manifest].Content.Length));
                break;
            default:
                byte[] content = archive[manifest].Content;
                string hex = Convert.ToHexStringLower(SHA512.HashData(content));
                archive.Remove(manifest);
                archive.Add($"{Layout}blobs/sha512/{hex}", content);
                archive.ChangeDescriptor(Layout, descriptor => descriptor["digest"] = $"sha512:{hex}");
                break;
        }
    }

    /// <summary>Other JSON of the same length.</summary>
    private static byte[] Padded(JsonObject json, int length)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(json);
        return [.. content, .. Enumerable.Repeat((byte)' ', length - content.Length)];
    }
}
