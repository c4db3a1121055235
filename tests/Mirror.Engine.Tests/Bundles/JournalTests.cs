using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>A journal is a hint that may be torn, foreign or hostile.</summary>
public sealed class JournalTests
{
    private const string Name = "platform.tar.journal";

    private static readonly Digest Some = Digest.OfSha256("some"u8);

    private static readonly JournalHeader Header = new("platform.tar", new string('a', 64), 1000, 0, "place");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_written_is_read_back()
    {
        JournalExtent first = new(512, 100, Some);
        JournalExtent second = new(700, 300, Some);

        JournalContent content = Read(
            JournalLines.Header(Header), JournalLines.Begun(first with { Size = 50 }), JournalLines.Written(first),
            JournalLines.Durable(1), JournalLines.Begun(second with { Size = 8 }), JournalLines.Written(first))!;

        Assert.Equal(Header, content.Header);
        Assert.Equal([first, first], content.Written);
        Assert.Equal(1, content.DurableCount);
        Assert.Equal([second with { Size = 8 }], content.Begun);
    }

    [Fact]
    public void A_state_of_a_sum_that_an_earlier_version_recorded_is_passed_over()
    {
        JournalExtent extent = new(512, 100, Some);

        JournalContent content = Read(
            JournalLines.Header(Header), "summed 0 64 " + new string('a', 272), JournalLines.Written(extent))!;

        Assert.Equal([extent], content.Written);
    }

    [Fact]
    public void Cut_or_changed_anywhere_only_whole_lines_before_that_are_believed()
    {
        byte[] whole = Bytes(
            JournalLines.Header(Header), JournalLines.Written(new(512, 100, Some)), JournalLines.Durable(1));
        int[] ends = [.. Enumerable.Range(0, whole.Length).Where(index => whole[index] == '\n')];
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            int lines = ends.Count(end => end < at);
            JournalContent? cut = JournalLines.Read(whole.AsSpan(0, at));
            foreach (JournalContent? read in new[] { cut, JournalLines.Read(changed) })
            {
                Assert.Equal(lines > 0, read is not null);
                Assert.Equal((lines > 1 ? 1 : 0, 0), (read?.Written.Length ?? 0, read?.DurableCount ?? 0));
            }
        }
    }

    [Fact]
    public void Lines_of_another_journal_or_out_of_their_order_end_the_reading()
    {
        byte[] mine = Bytes(JournalLines.Header(Header));
        byte[] other = Bytes(
            JournalLines.Header(Header with { Place = "other" }), JournalLines.Written(new(512, 100, Some)));
        byte[] spliced = [.. mine, .. other.AsSpan(other.AsSpan().IndexOf((byte)'\n') + 1)];

        Assert.Empty(JournalLines.Read(spliced)!.Written);
    }

    [Theory]
    [InlineData("written 9223372036854775807 1 DIGEST")]
    [InlineData("written 900 101 DIGEST")]
    [InlineData("written 1 9223372036854775807 DIGEST")]
    [InlineData("written -1 1 DIGEST")]
    [InlineData("written 1 1 sha256:zz")]
    [InlineData("written 1 1")]
    [InlineData("begun 99999999999999999999 1 DIGEST")]
    [InlineData("durable 2147483648")]
    [InlineData("durable 1")]
    [InlineData("rename /etc/passwd")]
    public void A_claim_beyond_the_archive_ends_the_reading(string line)
    {
        JournalContent content = Read(
            JournalLines.Header(Header),
            line.Replace("DIGEST", Some.ToString(), StringComparison.Ordinal),
            JournalLines.Written(new(512, 100, Some)))!;

        Assert.Empty(content.Written);
        Assert.Empty(content.Begun);
        Assert.Equal(0, content.DurableCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("HEADER ../x.tar FINGERPRINT 1000 0 place")]
    [InlineData("HEADER platform.tar FINGERPRINT 9223372036854775807 1 place")]
    [InlineData("HEADER platform.tar FINGERPRINT 0 1 place")]
    [InlineData("HEADER security.tar FINGERPRINT 1000 0 place")]
    [InlineData("HEADER platform.tar FINGERPRINT -5 0 place")]
    [InlineData("HEADER platform.tar OURS LENGTH 0 place")]
    public async Task A_journal_that_is_foreign_or_claims_too_much_is_ignored_calmly(string header)
    {
        SketchedBundle bundle = SketchedBundle.Small();
        ArchiveLayout layout = BundleLayout.Create(bundle.Plan).Single(layout => layout.Name == "platform.tar");
        using TemporaryFolder folder = new();
        await BundleRun.CompleteAsync(bundle, folder.Combine("whole"), Cancellation);
        string directory = Directory.CreateDirectory(folder.Combine("bundle")).FullName;
        string text = header.Replace("HEADER", "deckhouse-mirror/journal/1", StringComparison.Ordinal)
            .Replace("FINGERPRINT", new string('a', 64), StringComparison.Ordinal)
            .Replace("OURS", layout.Fingerprint, StringComparison.Ordinal)
            .Replace("LENGTH", $"{layout.Length}", StringComparison.Ordinal);
        await File.WriteAllBytesAsync(
            Path.Combine(directory, Name),
            Bytes(text, JournalLines.Written(new(512, 0, Some)), JournalLines.Durable(1)),
            Cancellation);
        await File.WriteAllBytesAsync(
            Path.Combine(directory, "platform.tar.part"), new byte[layout.Length], Cancellation);

        using (OpenedBundle opened = await BundleRun.OpenAsync(bundle, directory, Cancellation))
        {
            Assert.Equal(0, opened.Writer.Resumed.Bytes);
        }

        await BundleRun.CompleteAsync(bundle, directory, Cancellation);
        BundleRun.DemandSame(BundleRun.Files(folder.Combine("whole")), BundleRun.Files(directory));
    }

    private static JournalContent? Read(params string[] lines) => JournalLines.Read(Bytes(lines));

    private static byte[] Bytes(params string[] lines)
    {
        JournalChain chain = new();
        return [.. lines.SelectMany(chain.Next)];
    }
}
