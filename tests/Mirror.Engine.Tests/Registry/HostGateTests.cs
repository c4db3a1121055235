using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Tests.Time;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class HostGateTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_blobs_move_than_the_width_and_a_place_given_back_goes_to_the_next()
    {
        HostGate gate = new(2, null, null, _clock);
        IDisposable first = await gate.EnterAsync(Token);
        using IDisposable second = await gate.EnterAsync(Token);
        Task<IDisposable> third = gate.EnterAsync(Token).AsTask();

        Assert.False(third.IsCompleted);
        first.Dispose();
        first.Dispose();

        (await third).Dispose();
    }

    [Fact]
    public async Task Trouble_halves_the_width_down_to_one_and_successes_widen_it_again()
    {
        HostGate gate = new(8, null, null, _clock);
        List<int> widths = [];
        for (int trouble = 0; trouble < 5; trouble++)
        {
            gate.Troubled(null);
            widths.Add(gate.Width);
        }

        gate.Succeeded();
        widths.Add(gate.Width);
        gate.Succeeded();
        gate.Succeeded();
        widths.Add(gate.Width);
        for (int success = 0; success < 100; success++)
        {
            gate.Succeeded();
        }

        Assert.Equal([4, 2, 1, 1, 1, 2, 3], widths);
        Assert.Equal(8, gate.Width);
        using IDisposable place = await gate.EnterAsync(Token);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_place()
    {
        HostGate gate = new(1, null, null, _clock);
        IDisposable only = await gate.EnterAsync(Token);
        using CancellationTokenSource impatient = new();
        Task<IDisposable> given = gate.EnterAsync(impatient.Token).AsTask();
        Task<IDisposable> next = gate.EnterAsync(Token).AsTask();

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        only.Dispose();

        (await next).Dispose();
    }

    [Fact]
    public async Task A_host_that_wants_a_pause_is_asked_nothing_by_anybody_until_it_is_over()
    {
        int answers = 0;
        using ScriptedRegistry registry = new(_ => Interlocked.Increment(ref answers) == 1
            ? Answer.Status(429, "", ("Retry-After", "30"))
            : Answer.Status(404));
        Task first = registry.Client.FindTagsAsync("a", Token);
        Task second = registry.Client.FindTagsAsync("b", Token);

        Assert.False(second.IsCompleted);
        Assert.Single(registry.Seen);
        registry.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Single(registry.Seen);
        registry.Clock.Advance(TimeSpan.FromSeconds(1));
        await first;
        await second;

        Assert.Equal(3, registry.Seen.Count);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(2, 2.0)]
    [InlineData(10, 0.4)]
    public async Task Requests_are_spread_over_time_as_the_limit_says(int? limit, double seconds)
    {
        using ScriptedRegistry registry = new(
            _ => Answer.Status(404),
            ScriptedRegistry.Access() with { Transfer = new TransferLimits { RequestsPerSecond = limit } });

        for (int request = 0; request < 5; request++)
        {
            await registry.Clock.DriveAsync(registry.Client.FindTagsAsync($"r{request}", Token));
        }

        Assert.Equal(seconds, registry.Clock.Waits.Sum(wait => wait.TotalSeconds), 0.001);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(1000, 0.9)]
    [InlineData(100, 9.0)]
    public async Task Bytes_are_spread_over_time_as_the_limit_says(int? limit, double seconds)
    {
        using ScriptedRegistry registry = new(
            _ => Answer.Bytes(Blob),
            ScriptedRegistry.Access() with { Transfer = new TransferLimits { BytesPerSecond = limit } });

        byte[] read = await registry.Clock.DriveAsync(ReadAsync());

        Assert.Equal(Blob, read);
        Assert.InRange(registry.Clock.Waits.Sum(wait => wait.TotalSeconds), seconds * 0.99, seconds);

        async Task<byte[]> ReadAsync() => await ReadAllAsync(
            await registry.Client.OpenBlobAsync(Repository, BlobDigest, Blob.Length, 0, Token));
    }

    [Fact]
    public async Task Bytes_that_are_sent_count_as_those_that_are_read()
    {
        using ScriptedRegistry registry = new(
            async (request, token) =>
            {
                await request.ReadBodyAsync(token);
                return request.Method == "POST"
                    ? Answer.Status(202, "", ("Location", "/v2/up/1"))
                    : Answer.Status(201);
            },
            ScriptedRegistry.Access() with { Transfer = new TransferLimits { BytesPerSecond = 100 } });
        using MemoryStream first = new(Blob);
        using MemoryStream second = new(Blob);

        await registry.Clock.DriveAsync(WriteAsync());

        Assert.Equal(10, registry.Clock.Waits.Sum(wait => wait.TotalSeconds), 0.001);

        async Task WriteAsync()
        {
            await registry.Client.WriteBlobAsync(Repository, BlobDigest, Blob.Length, first, Token);
            await registry.Client.WriteBlobAsync(Repository, BlobDigest, Blob.Length, second, Token);
        }
    }

    [Fact]
    public async Task A_small_request_does_not_wait_behind_blobs()
    {
        using ScriptedRegistry registry = new(
            request => request.Address.AbsolutePath.Contains("/blobs/", StringComparison.Ordinal)
                ? Answer.Bytes(Blob)
                : Answer.Status(404),
            ScriptedRegistry.Access() with { Transfer = new TransferLimits { MaxConnections = 1 } });
        using Stream open = await registry.Client.OpenBlobAsync(Repository, BlobDigest, Blob.Length, 0, Token);
        Task<Stream> waiting = registry.Client.OpenBlobAsync(Repository, BlobDigest, Blob.Length, 0, Token);

        Assert.Null(await registry.Client.FindTagsAsync("m", Token));
        Assert.False(waiting.IsCompleted);
        await open.DisposeAsync();
        await (await waiting).DisposeAsync();
    }

    [Fact]
    public async Task A_blob_that_could_not_be_opened_gives_its_place_back()
    {
        using ScriptedRegistry registry = new(
            _ => Answer.Error(404, "BLOB_UNKNOWN"),
            ScriptedRegistry.Access() with { Transfer = new TransferLimits { MaxConnections = 1 } });

        for (int attempt = 0; attempt < 3; attempt++)
        {
            Fault fault = await registry.FaultOfAsync(
                registry.Client.OpenBlobAsync(Repository, BlobDigest, Blob.Length, 0, Token));
            Assert.Equal(FaultCode.BlobUnavailable, fault.Code);
        }
    }
}
