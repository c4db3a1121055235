using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Time;
using Mirror.Engine.Transfer;
using Xunit;

namespace Mirror.Engine.Tests.Transfer;

/// <summary>What a sink has from an earlier run is proven beside the transfer.</summary>
public sealed class ProvenContentTests
{
    private static readonly MirrorPlan Plan = new()
    {
        Source = "r",
        Archives = [],
        Blobs = [.. "abc".Select(name => new PlannedBlob(Digest.OfSha256(Content(name)), 10, false, [$"{name}"]))],
    };

    private readonly MemorySink _sink = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_hashed_while_every_connection_is_busy_and_not_asked_for()
    {
        TaskCompletionSource proven = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _sink.Keep(Plan.Blobs[1], Content('b'), isSealed: false);
        _sink.Sealing = blob => _ = blob == Plan.Blobs[1] && proven.TrySetResult();
        MemorySource source = new(async (blob, _, token) =>
        {
            // No measure of speed: proof that waits for the source is to fail, not to hang.
            await proven.Task.WaitAsync(TimeSpan.FromMinutes(1), token);
            return Open(blob);
        });

        long received = await Runner(source).RunAsync(Plan, Cancellation);

        Assert.Equal("ac", string.Concat(source.Asked.Select(asked => asked.Blob)));
        Assert.Equal(20, received);
        Assert.All(Plan.Blobs, blob => Assert.True(_sink.IsSealed(blob)));
    }

    [Fact]
    public async Task It_is_fetched_from_its_first_byte_when_it_is_wrong()
    {
        _sink.Keep(Plan.Blobs[1], Content('x'), isSealed: false);
        MemorySource source = new((blob, _, _) => Task.FromResult<Stream>(Open(blob)));

        await Runner(source).RunAsync(Plan, Cancellation);

        Assert.Equal(1, _sink.Rejections);
        Assert.Contains(('b', 0), source.Asked);
        Assert.Equal(Content('b'), _sink.Held(Plan.Blobs[1]));
    }

    [Fact]
    public async Task It_does_not_hide_that_the_source_answers_nothing()
    {
        using ManualResetEventSlim isMissing = new();
        TaskCompletionSource proven = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ManualTimeProvider time = new();
        _sink.Keep(Plan.Blobs[2], Content('c'), isSealed: false);
        _sink.Sealing = _ =>
        {
            isMissing.Wait(TimeSpan.FromMinutes(1), Cancellation);
            proven.TrySetResult();
        };
        MemorySource source = new(async (blob, _, token) =>
        {
            if (blob.Repositories[0] == "b")
            {
                await proven.Task.WaitAsync(TimeSpan.FromMinutes(1), token);
            }

            throw MemorySource.Broken();
        });

        Task run = Runner(source, 2, time, new EventSink(new Listener(isMissing))).RunAsync(Plan, Cancellation);
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => time.DrivePausesAsync(run));

        Assert.Equal(FaultCode.ConnectionBroken, Assert.Single(failure.Faults).Code);
    }

    private static byte[] Content(char name) => [.. Enumerable.Repeat((byte)name, 10)];

    private static MemoryStream Open(PlannedBlob blob) => new(Content(blob.Repositories[0][0]));

    private TransferRunner Runner(
        MemorySource source, int connections = 1, TimeProvider? time = null, EventSink? events = null) => new(
        source, _sink, new TransferLimits { MaxConnections = connections }, time ?? new ManualTimeProvider(),
        new Random(3), events ?? EventSink.None);

    /// <summary>Waits for the first blob that is given up.</summary>
    private sealed class Listener(ManualResetEventSlim isMissing) : IProgress<MirrorEvent>
    {
        public void Report(MirrorEvent value)
        {
            if (value.Level == MirrorEventLevel.Milestone
                && value.Message.Contains($"{Plan.Blobs[0].Digest}", StringComparison.Ordinal))
            {
                isMissing.Set();
            }
        }
    }
}
