using System.Text;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class SilenceTests
{
    private static readonly RegistryAccess Bounded = ScriptedRegistry.Access() with
    {
        Timeout = TimeSpan.FromSeconds(45),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registry_that_never_answers_is_given_up_after_the_limit_of_each_attempt()
    {
        using ScriptedRegistry registry = new(HangAsync, Bounded);

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.RegistrySilent, fault.Code);
        Assert.Contains("45 s", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Raise Timeout (0", fault.Advice, StringComparison.Ordinal);
        Assert.Equal(
            RetryPipeline.Attempts, registry.Clock.Waits.Count(wait => wait == TimeSpan.FromSeconds(45)));
    }

    [Fact]
    public async Task Silence_inside_a_blob_ends_it_although_bytes_came_before()
    {
        using BrokenStream silent = new(Blob[..300], isSilent: true);
        using ScriptedRegistry registry = new(_ => Answer.Streamed(silent, Blob.Length), Bounded);
        Task<byte[]> reading = ReadAllAsync(await OpenAsync(registry));
        await silent.Silent;

        registry.Clock.Advance(TimeSpan.FromSeconds(44));
        Assert.False(reading.IsCompleted);
        registry.Clock.Advance(TimeSpan.FromSeconds(1));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => reading);
        Assert.Equal(FaultCode.RegistrySilent, failure.Faults[0].Code);
        Assert.True(RegistryFailure.IsTemporary(failure));
    }

    [Fact]
    public async Task A_reader_that_takes_its_time_is_no_silence_of_the_registry()
    {
        using ScriptedRegistry registry = new(_ => Answer.Bytes(Blob), Bounded);
        using Stream blob = await OpenAsync(registry);
        byte[] buffer = new byte[600];
        int first = await blob.ReadAsync(buffer, Token);

        registry.Clock.Advance(TimeSpan.FromHours(1));

        int left = Blob.Length - first;
        Assert.Equal(left, await blob.ReadAtLeastAsync(new byte[1000], left, true, Token));
    }

    [Fact]
    public async Task Cancellation_by_the_caller_stays_cancellation()
    {
        using CancellationTokenSource source = new();
        using BrokenStream silent = new([], isSilent: true);
        using ScriptedRegistry registry = new(_ => Answer.Streamed(silent, Blob.Length), Bounded);
        using Stream blob = await OpenAsync(registry);
        Task<int> reading = blob.ReadAsync(new byte[10], source.Token).AsTask();
        await silent.Silent;

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task A_small_answer_that_comes_byte_by_byte_is_given_up_although_no_byte_is_late()
    {
        ScriptedRegistry? self = null;
        using ScriptedRegistry registry = new(
            _ => Answer.Streamed(new DrippingStream(() => self!.Clock.Advance(TimeSpan.FromSeconds(1)), null)),
            Bounded);
        self = registry;

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.RegistrySilent, fault.Code);
        Assert.Contains("too slowly", fault.Message, StringComparison.Ordinal);
        Assert.Equal(RetryPipeline.Attempts, registry.Seen.Count);
    }

    [Fact]
    public async Task A_long_answer_may_take_its_time_as_long_as_it_goes_on()
    {
        ScriptedRegistry? self = null;
        byte[] page = Encoding.UTF8.GetBytes($$"""{"tags":["a"],"pad":"{{new string('x', 2_000_000)}}"}""");
        using ScriptedRegistry registry = new(
            _ => Answer.Streamed(new DrippingStream(() => self!.Clock.Advance(TimeSpan.FromSeconds(1)), page)),
            Bounded);
        self = registry;

        Assert.Equal(["a"], await registry.Client.FindTagsAsync("m", Token) ?? []);
    }

    [Fact]
    public async Task Without_a_limit_nobody_is_cut_off()
    {
        using BrokenStream silent = new([], isSilent: true);
        using ScriptedRegistry registry = new(_ => Answer.Streamed(silent, Blob.Length));
        using CancellationTokenSource source = new();
        using Stream blob = await OpenAsync(registry);
        Task<int> reading = blob.ReadAsync(new byte[10], source.Token).AsTask();
        await silent.Silent;

        registry.Clock.Advance(TimeSpan.FromDays(2));

        Assert.False(reading.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static Task<Stream> OpenAsync(ScriptedRegistry registry) =>
        registry.Client.OpenBlobAsync(Repository, BlobDigest, Blob.Length, 0, Token);

    /// <summary>
    /// Takes a second for each read: of one byte without end, or of a content at the slowest pace that is allowed.
    /// </summary>
    private sealed class DrippingStream(Action second, byte[]? content) : MemoryStream(content ?? [])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            second();
            if (content is not null)
            {
                return base.ReadAsync(buffer[..int.Min(buffer.Length, HttpWire.SlowestBody)], cancellationToken);
            }

            buffer.Span[0] = (byte)' ';
            return ValueTask.FromResult(1);
        }
    }

    private static async Task<HttpResponseMessage> HangAsync(SeenRequest request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return Answer.Status(200);
    }
}
