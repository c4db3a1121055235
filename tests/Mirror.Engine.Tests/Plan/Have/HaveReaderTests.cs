using System.Text;
using Mirror.Engine.Plan.Have;
using Xunit;

namespace Mirror.Engine.Tests.Plan.Have;

/// <summary>Inventories that crossed a border: edited, cut short or forged.</summary>
public sealed class HaveReaderTests
{
    private const string A = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string B = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string State = "STATE";

    private const string Form = $$"""
        {
          "format": "deckhouse-mirror/have/1",
          "source": "registry.example/deckhouse/ee",
          "target": "registry.local/mirror/ee",
          "state": "{{State}}",
          "basis": "target",
          "checked": "manifests",
          "taken": "2026-12-01T10:00:00Z",
          "repositories": {
            "": {
              "tags": {
                "v1.70.0": "{{A}}"
              },
              "blobs": [
                "{{A}}",
                "{{B}}"
              ]
            },
            "modules/console": {
              "tags": {},
              "blobs": [
                "{{B}}"
              ]
            }
          }
        }

        """;

    private static readonly string Id = Digest.OfSha256(Encoding.UTF8.GetBytes($" v1.70.0 {A}\n")).Hex;

    /// <summary>An inventory with everything that one may have.</summary>
    internal static string Good { get; } = Form.Replace(State, Id, StringComparison.Ordinal);

    public static TheoryData<string, string, string> Forged => new()
    {
        { "another format", "have/1", "have/2" },
        { "a format of another file", "/have/", "/lock/" },
        { "no format", "\"format\"", "\"formal\"" },
        { "a member that is not known", "\"basis\"", "\"url\": \"x\", \"basis\"" },
        { "a member of a repository that is not known", "\"blobs\"", "\"host\": \"x\", \"blobs\"" },
        { "a member twice", "\"source\"", "\"source\": \"other\", \"source\"" },
        {
            "a repository twice", "\"modules/console\"",
            "\"modules/console\": {\"tags\":{},\"blobs\":[]}, \"modules/console\""
        },
        { "a tag twice", "\"v1.70.0\"", $"\"v1.70.0\": \"{A}\", \"v1.70.0\"" },
        { "a blob twice", $"\"{B}\"", $"\"{B}\", \"{B}\"" },
        { "a path that leads out", "\"modules/console\"", "\"modules/../..\"" },
        { "a path from the root", "\"modules/console\"", "\"/modules/console\"" },
        { "a path with a host", "\"modules/console\"", "\"evil.example:5000/x\"" },
        { "a tag that is none", "\"v1.70.0\"", "\"v1.70.0/..\"" },
        { "a tag that is another", "\"v1.70.0\"", "\"v1.70.1\"" },
        { "a tag of another image", $"\"v1.70.0\": \"{A}\"", $"\"v1.70.0\": \"{B}\"" },
        { "a state that is another", Id, new string('0', 64) },
        { "a state that is none", Id, "0123" },
        { "no state", "\"state\"", "\"status\"" },
        { "a short digest", B, "sha256:b" },
        { "a digest in capitals", B, B.ToUpperInvariant() },
        { "a digest of an unknown kind", B, "md5:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" },
        { "a blob that is a number", $"\"{B}\"", "1" },
        { "a digest that is a number", $"\"v1.70.0\": \"{A}\"", "\"v1.70.0\": 1" },
        { "a basis that is not known", "\"basis\": \"target\"", "\"basis\": \"guess\"" },
        { "a basis in capitals", "\"basis\": \"target\"", "\"basis\": \"Target\"" },
        { "a depth that is not known", "\"manifests\"", "\"everything\"" },
        { "a time that is local", "10:00:00Z", "10:00:00+03:00" },
        { "a time that is none", "2026-12-01T10:00:00Z", "yesterday" },
        { "a source with a control character", "registry.example/", "registry.example\\u000a/" },
        { "an empty target", "registry.local/mirror/ee", "" },
        { "half of a surrogate pair", "registry.local/", "\\ud800/" },
        { "a list where an object belongs", "\"repositories\": {", "\"repositories\": [], \"x\": {" },
        { "an end that is missing", "\n}\n", "\n" },
        { "something behind its end", "\n}\n", "\n}\n{}" },
    };

    [Fact]
    public void An_inventory_is_written_as_it_was_read() =>
        Assert.Equal(Good, Encoding.UTF8.GetString(HaveWriter.Write(HaveReader.Read(Bytes(Good)))));

    [Fact]
    public void What_is_not_known_is_left_out_and_read_again()
    {
        HaveFile file = HaveReader.Read(Bytes(Good)) with
        {
            Source = null,
            Target = null,
            Basis = HaveBasis.Predicted,
            Checked = null,
            Taken = null,
        };

        byte[] written = HaveWriter.Write(file);
        HaveFile read = HaveReader.Read(written);

        Assert.Equal(written, HaveWriter.Write(read));
        Assert.Equal(
            (null, null, HaveBasis.Predicted, null, null),
            (read.Source, read.Target, read.Basis, read.Checked, read.Taken));
        Assert.Equal(Id, read.StateId);
    }

    [Theory]
    [MemberData(nameof(Forged))]
    public void A_forged_inventory_is_refused(string what, string good, string forged)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        int at = Good.LastIndexOf(good, StringComparison.Ordinal);
        string text = Good[..at] + forged + Good[(at + good.Length)..];

        FormatException refusal = Assert.ThrowsAny<FormatException>(() => HaveReader.Read(Bytes(text)));

        Assert.False(string.IsNullOrWhiteSpace(refusal.Message), what);
    }

    [Fact]
    public void An_inventory_beyond_any_size_is_refused_unread() => Assert.Throws<FormatException>(
        () => HaveReader.Read(Bytes(Good + new string(' ', HaveFile.MaxBytes))));

    [Fact]
    public void An_inventory_of_great_depth_is_refused() => Assert.Throws<FormatException>(
        () => HaveReader.Read(Bytes(Good.Replace(
            "\"manifests\"", new string('[', 5000) + new string(']', 5000), StringComparison.Ordinal))));

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
