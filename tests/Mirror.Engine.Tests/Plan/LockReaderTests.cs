using System.Text;
using Mirror.Engine.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Plan;

/// <summary>Locks that somebody edited, merged or forged.</summary>
public sealed class LockReaderTests
{
    private const string A = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string F = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    internal const string Good = $$"""
        {
          "format": "deckhouse-mirror/lock/1",
          "source": "registry.example/deckhouse/ee",
          "bundleFormat": "PathPreserving",
          "selection": {
            "includeModules": [
              "console@^1.2.0"
            ],
            "skipVexImages": "true"
          },
          "floating": [
            "security.tar"
          ],
          "archives": {
            "platform.tar": {
              "bytes": 1024,
              "fingerprint": "{{F}}",
              "layouts": {
                "": {
                  "repository": "deckhouse/ee",
                  "tags": {
                    "v1.70.0": "{{A}}"
                  },
                  "digests": [
                    "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
                  ]
                },
                "install-standalone": {
                  "repository": "",
                  "tags": {},
                  "digests": []
                }
              }
            }
          },
          "files": {
            "deckhousereleases.yaml": "{{A}}"
          }
        }

        """;

    public static TheoryData<string, string, string> Forged => new()
    {
        { "another format", "lock/1", "lock/2" },
        { "a format of another file", "/lock/", "/have/" },
        { "no format", "\"format\"", "\"formal\"" },
        { "a member that nobody knows", "\"files\"", "\"filed\": {}, \"files\"" },
        { "a member of an archive that nobody knows", "\"bytes\"", "\"url\": \"x\", \"bytes\"" },
        { "a member of a layout that nobody knows", "\"repository\"", "\"host\": \"x\", \"repository\"" },
        { "a member twice", "\"source\"", "\"source\": \"other\", \"source\"" },
        { "a tag twice", "\"v1.70.0\"", $"\"v1.70.0\": \"{A}\", \"v1.70.0\"" },
        { "an image by tag and by digest", "\"v1.70.0\"", "\"" + new string('b', 64) + "\"" },
        { "an archive that is a path", "\"platform.tar\"", "\"../platform.tar\"" },
        { "an archive that is no archive", "\"platform.tar\"", "\"platform.zip\"" },
        { "a layout that leads out", "\"install-standalone\"", "\"install/../..\"" },
        { "a repository that leads out", "\"deckhouse/ee\"", "\"deckhouse/../other\"" },
        { "a repository with a host", "\"deckhouse/ee\"", "\"evil.example:5000/x\"" },
        { "no repository", "\"deckhouse/ee\"", "\"\"" },
        { "a tag that is none", "\"v1.70.0\"", "\"v1.70.0/..\"" },
        { "a short digest", "sha256:bbbb", "sha256:b" },
        { "a digest in capitals", "sha256:bbbb", "sha256:BBBB" },
        { "a digest of an unknown kind", "sha256:bbbb", "md5:bbbb" },
        { "a fingerprint that is none", $"\"{F}\"", "\"1\"" },
        { "a negative size", "1024", "-1" },
        { "a size beyond any", "1024", "99999999999999999999" },
        { "a size that is a text", "1024", "\"1024\"" },
        { "a floating archive that is a path", "\"security.tar\"", "\"/etc/security.tar\"" },
        { "an archive that is locked and floats", "\"security.tar\"", "\"platform.tar\"" },
        { "a selection of numbers", "\"console@^1.2.0\"", "1" },
        { "a selection with a control character", "\"true\"", "\"a\\u0000\"" },
        { "half of a surrogate pair", "\"true\"", "\"\\ud800\"" },
        { "a list where an object belongs", "\"archives\": {", "\"archives\": [], \"x\": {" },
    };

    [Fact]
    public void A_lock_is_written_as_it_was_read() =>
        Assert.Equal(Good, Encoding.UTF8.GetString(LockWriter.Write(LockReader.Read(Bytes(Good)))));

    [Fact]
    public void Order_line_ends_and_a_byte_order_mark_do_not_matter()
    {
        string turned = Good.ReplaceLineEndings("\r\n");
        byte[] marked = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(turned)];

        Assert.Equal(Good, Encoding.UTF8.GetString(LockWriter.Write(LockReader.Read(marked))));
    }

    [Theory]
    [MemberData(nameof(Forged))]
    public void A_forged_lock_is_refused(string what, string good, string forged)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        int at = Good.IndexOf(good, StringComparison.Ordinal);
        string text = Good[..at] + forged + Good[(at + good.Length)..];

        FormatException refusal = Assert.ThrowsAny<FormatException>(() => LockReader.Read(Bytes(text)));

        Assert.False(string.IsNullOrWhiteSpace(refusal.Message), what);
    }

    [Fact]
    public void A_lock_of_10_MB_is_refused_unread() => Assert.Throws<FormatException>(
        () => LockReader.Read(Bytes(Good + new string(' ', 10_000_000))));

    [Fact]
    public void A_lock_of_great_depth_is_refused() => Assert.Throws<FormatException>(
        () => LockReader.Read(Bytes(Good.Replace(
            "\"true\"", new string('[', 5000) + new string(']', 5000), StringComparison.Ordinal))));

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
