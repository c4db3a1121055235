using Mirror.Engine.Events;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings;
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

    private static byte[] Content(char name) => [.. Enumerable.Repeat((byte)name, 10)];

    private static MemoryStream Open(PlannedBlob blob) => new(Content(blob.Repositories[0][0]));

    private TransferRunner Runner(MemorySource source) => new(
        source, _sink, new TransferLimits { MaxConnections = 1 }, new ManualTimeProvider(), new Random(3),
        EventSink.None);
}
