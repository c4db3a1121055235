using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Time;
using Mirror.Engine.Transfer;
using Xunit;

namespace Mirror.Engine.Tests.Transfer;

public sealed class TransferRunnerTests
{
    private readonly MemorySink _sink = new();

    [Fact]
    public async Task Everything_is_moved_and_the_bytes_are_counted()
    {
        MirrorPlan plan = Plan("abc", "m");
        _sink.Keep(plan.Blobs[0], Content('a'), isSealed: true);
        MemorySource source = new((blob, _, _) => Task.FromResult<Stream>(Open(blob)));

        long received = await Runner(source, 2).RunAsync(plan, TestContext.Current.CancellationToken);

        Assert.All(plan.Blobs, blob => Assert.True(_sink.IsSealed(blob)));
        Assert.Equal("bcm", string.Concat(source.Asked.Select(asked => asked.Blob).Order()));
        Assert.Equal(30, received);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_blobs_move_at_once_than_connections_are_allowed(int connections)
    {
        int running = 0;
        int most = 0;
        TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        MemorySource source = new(async (blob, _, token) =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now >= connections)
            {
                full.TrySetResult();
            }

            await full.Task.WaitAsync(token);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return Open(blob);
        });

        await Runner(source, connections).RunAsync(Plan("abcdefgh", ""), TestContext.Current.CancellationToken);

        Assert.Equal(connections, most);
    }

    [Fact]
    public async Task Tags_are_published_after_all_blobs_and_stage_by_stage()
    {
        MirrorPlan plan = Plan("ab", "") with
        {
            Publications =
            [
                Publication("names", PublishStage.Discovery), Publication("alpha", PublishStage.Channel),
                Publication("v1", PublishStage.Image), Publication("v2", PublishStage.Image),
            ],
        };
        bool wasEarly = false;
        _sink.Publishing = _ => wasEarly |= !plan.Blobs.All(_sink.IsSealed);
        MemorySource source = new((blob, _, _) => Task.FromResult<Stream>(Open(blob)));

        await Runner(source, 4).RunAsync(plan, TestContext.Current.CancellationToken);

        Assert.False(wasEarly);
        string[] order = [.. _sink.Published.Select(publication => publication.Tag)];
        Assert.Equal(["v1", "v2"], order[..2].Order());
        Assert.Equal(["alpha", "names"], order[2..]);
    }

    [Fact]
    public async Task A_manifest_that_changed_since_it_was_planned_is_not_published()
    {
        MirrorPlan plan = Plan("a", "") with { Publications = [Publication("v1", PublishStage.Image)] };
        MemorySource source = new((blob, _, _) => Task.FromResult<Stream>(
            blob.IsManifest ? new MemoryStream(Content('x')) : Open(blob)));

        await Assert.ThrowsAsync<MirrorException>(() =>
            Runner(source, 1).RunAsync(plan, TestContext.Current.CancellationToken));

        Assert.Empty(_sink.Published);
    }

    [Fact]
    public async Task Manifests_do_not_wait_for_layers()
    {
        TaskCompletionSource manifest = new(TaskCreationOptions.RunContinuationsAsynchronously);
        MemorySource source = new(async (blob, _, token) =>
        {
            if (blob.IsManifest)
            {
                manifest.TrySetResult();
            }

            await manifest.Task.WaitAsync(token);
            return Open(blob);
        });
        MirrorPlan plan = Plan("ab", "m");

        await Runner(source, 1).RunAsync(plan, TestContext.Current.CancellationToken);

        Assert.All(plan.Blobs, blob => Assert.True(_sink.IsSealed(blob)));
    }

    [Fact]
    public async Task The_first_failure_ends_the_run_and_what_else_is_under_way()
    {
        TaskCompletionSource other = new(TaskCreationOptions.RunContinuationsAsynchronously);
        MemorySource source = new(async (blob, _, token) =>
        {
            if (blob.Repositories[0] == "b")
            {
                other.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
            }

            await other.Task;
            throw new MirrorException(new Fault(FaultCode.Forbidden, "No.", "Ask."));
        });

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() =>
            Runner(source, 2).RunAsync(Plan("abcdef", ""), TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.Forbidden, Assert.Single(failure.Faults).Code);
        Assert.Equal("ab", string.Concat(source.Asked.Select(asked => asked.Blob).Order()));
    }

    [Fact]
    public async Task A_blob_that_cannot_be_had_does_not_cost_the_others_and_still_fails_the_run()
    {
        MirrorPlan plan = Plan("abcd", "m");
        MemorySource source = new((blob, _, _) => blob.Repositories[0] == "b"
            ? throw new MirrorException(new Fault(FaultCode.BlobUnavailable, "Gone.", "Ask."))
            : Task.FromResult<Stream>(Open(blob)));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() =>
            Runner(source, 1).RunAsync(plan, TestContext.Current.CancellationToken));

        Assert.Equal(
            [FaultCode.BlobUnavailable, FaultCode.ArchivesIncomplete], failure.Faults.Select(fault => fault.Code));
        Assert.Equal(
            plan.Blobs.Select(blob => blob.Repositories[0] != "b"), plan.Blobs.Select(blob => _sink.IsSealed(blob)));
    }

    [Fact]
    public async Task More_missing_blobs_than_anybody_reads_are_counted()
    {
        MemorySource source = new((_, _, _) =>
            throw new MirrorException(new Fault(FaultCode.BlobUnavailable, "Gone.", "Ask.")));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() =>
            Runner(source, 3).RunAsync(Plan("abcdefghijklmnopqrstuvwxyz", ""), TestContext.Current.CancellationToken));

        Assert.Equal(21, failure.Faults.Length);
        Assert.Contains("for lack of 26 blobs", failure.Faults[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_answers_nothing_any_more_is_given_up()
    {
        ManualTimeProvider time = new();
        MemorySource source = new((blob, _, _) => blob.Repositories[0] == "a"
            ? Task.FromResult<Stream>(Open(blob))
            : throw MemorySource.Broken());

        Task run = Runner(source, 2, time).RunAsync(Plan("abcdefgh", ""), TestContext.Current.CancellationToken);
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => time.DrivePausesAsync(run));

        Assert.Equal(FaultCode.ConnectionBroken, Assert.Single(failure.Faults).Code);
        Assert.DoesNotContain(source.Asked, asked => asked.Blob > 'd');
    }

    [Fact]
    public async Task A_registry_as_target_is_not_filled_further_when_a_blob_is_missing()
    {
        MemorySink registry = new() { KeepsPartial = false };
        MemorySource source = new((blob, _, _) => blob.Repositories[0] == "a"
            ? throw new MirrorException(new Fault(FaultCode.BlobUnavailable, "Gone.", "Ask."))
            : Task.FromResult<Stream>(Open(blob)));
        TransferRunner runner = new(
            source, registry, new TransferLimits { MaxConnections = 1 }, new ManualTimeProvider(), new Random(3),
            EventSink.None);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() =>
            runner.RunAsync(Plan("abc", ""), TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.BlobUnavailable, Assert.Single(failure.Faults).Code);
        Assert.Equal("a", string.Concat(source.Asked.Select(asked => asked.Blob)));
    }

    [Fact]
    public async Task A_defect_ends_what_else_is_under_way()
    {
        TaskCompletionSource other = new(TaskCreationOptions.RunContinuationsAsynchronously);
        MemorySource source = new(async (blob, _, token) =>
        {
            if (blob.Repositories[0] == "b")
            {
                other.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
            }

            await other.Task;
            throw new InvalidOperationException("defect");
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Runner(source, 2).RunAsync(Plan("abcdef", ""), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cancelled_run_says_so()
    {
        using CancellationTokenSource user = new();
        MemorySource source = new(async (_, _, token) =>
        {
            await user.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return Stream.Null;
        });

        OperationCanceledException end = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Runner(source, 2).RunAsync(Plan("abc", "m"), user.Token));

        Assert.Equal(user.Token, end.CancellationToken);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }

    private static byte[] Content(char name) => [.. Enumerable.Repeat((byte)name, 10)];

    private static MemoryStream Bytes(char name) => new(Content(name));

    private static MemoryStream Open(PlannedBlob blob) => Bytes(blob.Repositories[0][0]);

    private static PlannedBlob Blob(char name, bool isManifest) =>
        new(Digest.OfSha256(Content(name)), 10, isManifest, [$"{name}"]);

    private static PlannedPublication Publication(string tag, PublishStage stage) =>
        new("repository", tag, stage, [new PlannedManifest(Blob('m', isManifest: true), "type")], []);

    private static MirrorPlan Plan(string layers, string manifests) => new()
    {
        Source = "r",
        Archives = [],
        Blobs =
        [
            .. layers.Select(name => Blob(name, isManifest: false)),
            .. manifests.Select(name => Blob(name, isManifest: true)),
        ],
    };

    private TransferRunner Runner(MemorySource source, int connections, TimeProvider? time = null) => new(
        source, _sink, new TransferLimits { MaxConnections = connections }, time ?? new ManualTimeProvider(),
        new Random(3), EventSink.None);
}
