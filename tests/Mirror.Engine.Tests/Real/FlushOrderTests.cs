using System.Text;
using Mirror.Engine.Bundles.Journal;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>Traces as strace writes them, true and doctored.</summary>
public sealed class FlushOrderTests
{
    private const string Folder = "/b";
    private const string Data = "3 fsync(4</b/a.tar.part>) = 0";
    private const string RecordFlush = "3 fsync(5</b/a.tar.journal>) = 0";
    private const string CommitFlush = "1 fsync(6</b/.d8mirror.commit.part>) = 0";
    private const string CommitRename = """1 rename("/b/.d8mirror.commit.part", "/b/.d8mirror.commit") = 0""";
    private const string CommitFolder = "1 fsync(7</b>) = 0";
    private const string Publication = """1 rename("/b/a.tar.part", "/b/a.tar") = 0""";
    private const string RenamesFolder = "1 fsync(8</b>) = 0";
    private const string CommitDeletion = """1 unlink("/b/.d8mirror.commit") = 0""";
    private const string EndFolder = "1 fsync(9</b>) = 0";

    private static readonly string[] True = Trace();

    [Fact]
    public void A_trace_in_order_has_no_problem_and_everything_was_looked_at()
    {
        FlushOrder order = Check(True);

        Assert.Empty(order.Problems);
        Assert.Equal((1, 1, 1), (order.DurableRecords, order.DurableBlobs, order.Published));
    }

    [Theory]
    [InlineData(Data, "was called durable before it was flushed")]
    [InlineData(RecordFlush, "a.tar.journal was not flushed after its record")]
    [InlineData(CommitFlush, "the commit record was renamed before it was flushed")]
    [InlineData(CommitRename, "there is no commit record")]
    [InlineData(CommitFolder, "a.tar.part was renamed before the commit record was durable")]
    [InlineData(RenamesFolder, "the folder was not flushed between the last rename and the end of the commit record")]
    [InlineData(CommitDeletion, "the commit record was not the last to go")]
    [InlineData(EndFolder, "the folder was not flushed at the end")]
    public void A_missing_call_is_told(string missing, string problem)
    {
        string[] trace = [.. True.Where(line => line != missing)];

        Assert.Equal(True.Length - 1, trace.Length);
        Assert.Contains(Check(trace).Problems, found => found.EndsWith(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Data, "durable 1", "was called durable before it was flushed")]
    [InlineData(Data, Publication, "a.tar.part was not flushed before the commit record")]
    [InlineData(CommitFlush, CommitRename, "the commit record was renamed before it was flushed")]
    [InlineData(CommitFolder, Publication, "a.tar.part was renamed before the commit record was durable")]
    [InlineData(Publication, CommitDeletion, "the commit record was not the last to go")]
    public void A_call_that_comes_too_late_is_told(string late, string after, string problem)
    {
        List<string> trace = [.. True.Where(line => line != late)];
        trace.Insert(trace.FindIndex(line => line.Contains(after, StringComparison.Ordinal)) + 1, late);

        Assert.Equal(True.Length, trace.Count);
        Assert.Contains(Check(trace).Problems, found => found.EndsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_flush_that_began_before_the_write_was_over_or_ended_after_the_record_is_none()
    {
        int flush = Array.IndexOf(True, Data);
        string[] early =
        [
            True[0], True[1], True[2],
            "3 fsync(4</b/a.tar.part> <unfinished ...>",
            .. True[3..flush],
            "3 <... fsync resumed>)            = 0",
            .. True[(flush + 1)..],
        ];
        string[] open =
        [
            .. True[..flush],
            "4 fsync(4</b/a.tar.part> <unfinished ...>",
            True[flush + 1],
            "4 <... fsync resumed>)            = 0",
            .. True[(flush + 2)..],
        ];

        Assert.All(new[] { early, open }, trace => Assert.Contains(
            Check(trace).Problems, found => found.EndsWith("before it was flushed", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_flush_that_failed_is_none()
    {
        string[] trace = [.. True.Select(line => line == Data
            ? "3 fsync(4</b/a.tar.part>) = -1 EIO (Input/output error)"
            : line)];

        Assert.Contains(
            Check(trace).Problems, found => found.EndsWith("before it was flushed", StringComparison.Ordinal));
    }

    private static FlushOrder Check(IEnumerable<string> trace) => new(SystemCallTrace.Read(trace), Folder);

    private static string[] Trace()
    {
        Digest digest = Digest.OfSha256([1]);
        JournalExtent extent = new(512, 1000, digest);
        JournalChain chain = new();
        string begin = Next(JournalLines.Header(new JournalHeader("a.tar", digest.Hex, 4096, 0, "here")))
            + Next(JournalLines.Durable(0));
        string written = Next(JournalLines.Written(extent));
        string durable = Next(JournalLines.Durable(1));
        return
        [
            Write("1", 5, "a.tar.journal.part", begin, 0),
            "1 fsync(5</b/a.tar.journal.part>) = 0",
            """1 rename("/b/a.tar.journal.part", "/b/a.tar.journal") = 0""",
            """2 pwrite64(4</b/a.tar.part>, "\1\2\"\\"..., 1000, 512) = 1000""",
            Write("2", 5, "a.tar.journal", written, begin.Length),
            Data,
            Write("3", 5, "a.tar.journal", durable, begin.Length + written.Length),
            RecordFlush,
            Write("1", 6, ".d8mirror.commit.part", "{}", 0),
            CommitFlush,
            CommitRename,
            CommitFolder,
            Publication,
            """1 unlink("/b/a.tar.journal") = 0""",
            RenamesFolder,
            CommitDeletion,
            EndFolder,
        ];

        string Next(string line) => Encoding.UTF8.GetString(chain.Next(line));
    }

    private static string Write(string thread, int file, string name, string text, int offset) =>
        $"{thread} pwrite64({file}</b/{name}>, \"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\", "
            + $"{text.Length}, {offset}) = {text.Length}";
}
