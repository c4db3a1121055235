using System.Text;
using Mirror.Engine.Plan.Have;
using Xunit;

namespace Mirror.Engine.Tests.Plan.Have;

/// <summary>Inventories that crossed a border, where somebody may have edited or forged them.</summary>
public sealed class HaveReaderTests
{
    internal const string Good = """
        {
          "format": "deckhouse-mirror/have/1",
          "source": "registry.example/deckhouse/ee",
          "target": "registry.local/deckhouse/ee",
          "state": "STATE",
          "basis": "receipt",
          "checked": "tags",
          "taken": "2026-12-01T10:00:00Z",
          "repositories": {
            "": {
              "tags": {
                "stable": "AAA",
                "v1.70.0": "AAA"
              },
              "blobs": [
                "AAA",
                "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
              ]
            },
            "install": {
              "tags": {},
              "blobs": [
                "AAA"
              ]
            }
          }
        }

        """;

    public static TheoryData<string, string, string> Forged => new()
    {
        { "another format", "have/1", "have/2" },
        { "a format of another file", "/have/", "/lock/" },
        { "no format", "\"format\"", "\"formal\"" },
        { "an unknown member", "\"source\"", "\"sauce\"" },
        { "a member twice", "\"checked\": \"tags\",", "\"checked\": \"tags\", \"checked\": \"tags\"," },
        { "a state of other tags", "STATE", "1111111111111111111111111111111111111111111111111111111111111111" },
        { "a tag that was renamed", "v1.70.0", "v1.70.1" },
        { "an unknown basis", "receipt", "rumour" },
        { "an unknown depth", "\"tags\",", "\"deep\"," },
        { "a time of no zone", "10:00:00Z", "10:00:00" },
        { "a path above", "\"install\"", "\"../install\"" },
        { "a path of a disk", "\"install\"", "\"/install\"" },
        { "a path in capitals", "\"install\"", "\"Install\"" },
        { "a tag that is none", "\"stable\"", "\"sta ble\"" },
        { "a digest that is too short", "bbbbbbbb\"", "\"" },
        { "a digest of another algorithm", "\"sha256:bbbb", "\"md5:bbbb" },
        { "a blob twice", "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "AAA" },
        { "a number for a digest", "\"AAA\",\n        \"v1", "1,\n        \"v1" },
        { "a list for tags", "\"tags\": {}", "\"tags\": []" },
        { "no blobs", "\"blobs\": [\n        \"AAA\"\n      ]", "\"blob\": []" },
        { "an empty source", "registry.example/deckhouse/ee", "" },
        { "a control character", "registry.local", "registry\\u0007local" },
        { "half of it", "\"repositories\": {", "" },
        { "a list", "{\n  \"format\"", "[\n  \"format\"" },
    };

    [Theory]
    [MemberData(nameof(Forged))]
    public void An_inventory_that_was_forged_is_refused(string what, string text, string other)
    {
        Assert.Contains(text, Good, StringComparison.Ordinal);

        byte[] forged = Bytes(Good.Replace(text, other, StringComparison.Ordinal));

        Assert.Throws<FormatException>(() => HaveReader.Read(forged));
        Assert.NotEmpty(what);
    }

    [Fact]
    public void An_inventory_is_written_as_it_was_read()
    {
        HaveFile file = HaveReader.Read(Bytes(Good));

        Assert.Equal(Bytes(Good), HaveWriter.Write(file));
        Assert.Equal(HaveBasis.Receipt, file.Basis);
        Assert.Equal(CheckDepth.Tags, file.Checked);
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        HaveFile file = HaveReader.Read(Bytes(Good)) with
        {
            Source = null,
            Target = null,
            Taken = null,
            Checked = null,
        };

        string text = Encoding.UTF8.GetString(HaveWriter.Write(file));

        Assert.DoesNotContain("\"source\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"target\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"taken\"", text, StringComparison.Ordinal);
        Assert.Contains("\"checked\": \"nothing\"", text, StringComparison.Ordinal);
        Assert.Equal(file.StateId, HaveReader.Read(Encoding.UTF8.GetBytes(text)).StateId);
    }

    [Fact]
    public void A_file_that_is_larger_than_any_inventory_is_refused() => Assert.Throws<FormatException>(
        () => HaveReader.Read(new byte[HaveFile.MaxBytes + 1]));

    internal static string Filled(string text) => text
        .Replace("AAA", $"sha256:{new string('a', 64)}", StringComparison.Ordinal)
        .Replace("STATE", "95f8eaedfd9a86886f22076504237eee357d6a449016c75ba0045e3b3e6665a0", StringComparison.Ordinal);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(Filled(text));
}
