using System.Security.Cryptography;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Time;
using Mirror.Engine.Transfer;
using Xunit;

namespace Mirror.Engine.Tests.Transfer;

public sealed class BlobJobTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100).Select(value => (byte)value)];
    private static readonly byte[] Wrong = [.. Content.Reverse()];
    private static readonly PlannedBlob Blob = new(Digest.OfSha256(Content), Content.Length, false, ["r"]);

    private readonly ManualTimeProvider _clock = new();
    private readonly MemorySink _sink = new();

    [Fact]
    public async Task A_blob_is_copied_and_sealed()
    {
        MemorySource source = MemorySource.InTurn(Rest);

        await RunAsync(source);

        Assert.Equal([('r', 0)], source.Asked);
        Assert.Equal(Content, _sink.Held(Blob));
        Assert.True(_sink.IsSealed(Blob));
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task A_sha512_digest_is_checked_as_such()
    {
        PlannedBlob blob = Blob with
        {
            Digest = Digest.Parse("sha512:" + Convert.ToHexStringLower(SHA512.HashData(Content))),
        };

        await RunAsync(MemorySource.InTurn(Rest), blob);

        Assert.True(_sink.IsSealed(blob));
    }

    [Fact]
    public async Task A_stream_that_breaks_is_continued_at_the_next_byte()
    {
        MemorySource source = MemorySource.InTurn(
            _ => new BreakingStream(Content[..40], MemorySource.Broken()),
            offset => new MemoryStream(Content[(int)offset..70]),
            Rest);

        await RunAsync(source);

        Assert.Equal([('r', 0), ('r', 40), ('r', 70)], source.Asked);
        Assert.Equal(Content, _sink.Held(Blob));
        Assert.True(_sink.IsSealed(Blob));
    }

    [Fact]
    public async Task Five_attempts_in_a_row_that_bring_nothing_end_with_their_failure()
    {
        MemorySource source = MemorySource.InTurn(_ => new BreakingStream([], MemorySource.Broken()));

        Assert.Equal(FaultCode.ConnectionBroken, await FailAsync(source));

        Assert.Equal(5, source.Asked.Count);
        Assert.Equal(_clock.Waits.Order(), _clock.Waits);
        Assert.False(_sink.IsSealed(Blob));
    }

    [Fact]
    public async Task A_source_that_always_ends_early_is_a_fault_of_its_own() =>
        Assert.Equal(FaultCode.BlobUnavailable, await FailAsync(MemorySource.InTurn(_ => new MemoryStream())));

    [Fact]
    public async Task Progress_gives_new_attempts()
    {
        int call = 0;
        MemorySource source = MemorySource.InTurn(offset => ++call % 5 == 0
            ? new BreakingStream(Content[(int)offset..((int)offset + 25)], MemorySource.Broken())
            : new BreakingStream([], MemorySource.Broken()));

        await RunAsync(source);

        Assert.Equal(20, source.Asked.Count);
        Assert.True(_sink.IsSealed(Blob));
    }

    [Fact]
    public async Task An_opening_that_fails_is_not_repeated_because_the_source_did_so()
    {
        MemorySource source = MemorySource.InTurn(_ => throw MemorySource.Broken());

        Assert.Equal(FaultCode.ConnectionBroken, await FailAsync(source));

        Assert.Single(source.Asked);
    }

    [Fact]
    public async Task A_body_that_fails_for_good_is_not_continued()
    {
        MemorySource source = MemorySource.InTurn(_ => new BreakingStream(
            Content[..9], new MirrorException(new Fault(FaultCode.Forbidden, "No.", "Ask."))));

        Assert.Equal(FaultCode.Forbidden, await FailAsync(source));

        Assert.Single(source.Asked);
    }

    [Fact]
    public async Task Wrong_bytes_are_read_once_more_from_the_first_byte()
    {
        MemorySource source = MemorySource.InTurn(_ => new MemoryStream(Wrong), Rest);

        await RunAsync(source);

        Assert.Equal([('r', 0), ('r', 0)], source.Asked);
        Assert.Equal(1, _sink.Rejections);
        Assert.Equal(Content, _sink.Held(Blob));
        Assert.True(_sink.IsSealed(Blob));
    }

    [Fact]
    public async Task Wrong_bytes_twice_are_dropped_and_a_fault()
    {
        MemorySource source = MemorySource.InTurn(_ => new MemoryStream(Wrong));

        Assert.Equal(FaultCode.BlobDigestMismatch, await FailAsync(source));

        Assert.Equal(2, source.Asked.Count);
        Assert.Equal(2, _sink.Rejections);
        Assert.Empty(_sink.Held(Blob));
        Assert.False(_sink.IsSealed(Blob));
    }

    [Fact]
    public async Task A_damaged_beginning_that_was_held_is_read_again()
    {
        _sink.Keep(Blob, Wrong[..60], isSealed: false);
        MemorySource source = MemorySource.InTurn(Rest);

        await RunAsync(source);

        Assert.Equal([('r', 60), ('r', 0)], source.Asked);
        Assert.Equal(Content, _sink.Held(Blob));
    }

    [Fact]
    public async Task A_beginning_that_is_held_is_not_asked_for()
    {
        _sink.Keep(Blob, Content[..60], isSealed: false);
        MemorySource source = MemorySource.InTurn(Rest);

        await RunAsync(source);

        Assert.Equal([('r', 60)], source.Asked);
        Assert.True(_sink.IsSealed(Blob));
    }

    [Fact]
    public async Task A_blob_that_is_held_whole_is_checked_without_asking()
    {
        _sink.Keep(Blob, Content, isSealed: false);
        MemorySource source = MemorySource.InTurn(Rest);

        await RunAsync(source);

        Assert.Empty(source.Asked);
        Assert.True(_sink.IsSealed(Blob));
    }

    [Fact]
    public async Task A_sealed_blob_is_not_asked_for()
    {
        _sink.Keep(Blob, Content, isSealed: true);
        MemorySource source = MemorySource.InTurn(Rest);

        await RunAsync(source);

        Assert.Empty(source.Asked);
    }

    [Fact]
    public async Task More_bytes_than_planned_are_a_fault()
    {
        MemorySource source = MemorySource.InTurn(_ => new MemoryStream([.. Content, 1]));

        Assert.Equal(FaultCode.BlobSizeMismatch, await FailAsync(source));

        Assert.False(_sink.IsSealed(Blob));
    }

    [Fact]
    public async Task A_blob_without_bytes_is_sealed_without_asking()
    {
        PlannedBlob empty = new(Digest.OfSha256([]), 0, false, ["r"]);
        MemorySource source = MemorySource.InTurn(Rest);

        await RunAsync(source, empty);

        Assert.Empty(source.Asked);
        Assert.True(_sink.IsSealed(empty));
    }

    [Fact]
    public async Task A_sink_that_keeps_no_part_is_given_the_whole_again()
    {
        MemorySink sink = new() { KeepsPartial = false };
        MemorySource source = MemorySource.InTurn(
            _ => new BreakingStream(Content[..40], MemorySource.Broken()),
            Rest);

        await RunAsync(source, sink: sink);

        Assert.Equal([('r', 0), ('r', 0)], source.Asked);
        Assert.Equal(Content, sink.Held(Blob));
        Assert.True(sink.IsSealed(Blob));
    }

    [Fact]
    public async Task A_sink_that_keeps_no_part_is_given_up_after_five_attempts_whatever_they_brought()
    {
        MemorySink sink = new() { KeepsPartial = false };
        MemorySource source = MemorySource.InTurn(
            _ => new BreakingStream(Content[..99], MemorySource.Broken()));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => RunAsync(source, sink: sink));

        Assert.Equal(FaultCode.ConnectionBroken, failure.Faults[0].Code);
        Assert.Equal(5, source.Asked.Count);
        Assert.False(sink.IsSealed(Blob));
    }

    [Fact]
    public async Task The_last_bytes_of_a_wrong_blob_never_reach_the_sink()
    {
        MemorySink sink = new() { KeepsPartial = false };
        MemorySource source = MemorySource.InTurn(_ => new MemoryStream(Wrong));
        List<int> held = [];
        sink.Rejecting = blob => held.Add(sink.Held(blob).Length);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => RunAsync(source, sink: sink));

        Assert.Equal(FaultCode.BlobDigestMismatch, failure.Faults[0].Code);
        Assert.Equal(2, held.Count);
        Assert.All(held, length => Assert.InRange(length, 0, Content.Length - 1));
    }

    [Fact]
    public async Task A_sink_with_several_places_is_given_the_bytes_until_it_has_them_everywhere()
    {
        MemorySink sink = new() { Places = 3 };
        MemorySource source = MemorySource.InTurn(Rest);

        await RunAsync(source, sink: sink);

        Assert.Equal([('r', 0), ('r', 0), ('r', 0)], source.Asked);
        Assert.True(sink.IsSealed(Blob));
    }

    private static MemoryStream Rest(long offset) => new(Content[(int)offset..]);

    private async Task<string> FailAsync(MemorySource source)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => RunAsync(source));
        return Assert.Single(failure.Faults).Code;
    }

    private Task RunAsync(MemorySource source, PlannedBlob? blob = null, MemorySink? sink = null)
    {
        ProgressMeter progress = new((blob ?? Blob).Size, 1, "blobs", _clock, EventSink.None);
        BlobJob job = new(source, sink ?? _sink, progress, _clock, new Random(3), EventSink.None);
        return _clock.DriveAsync(job.RunAsync(blob ?? Blob, TestContext.Current.CancellationToken));
    }
}
