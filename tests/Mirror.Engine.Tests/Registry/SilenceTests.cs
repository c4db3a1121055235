using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Errors;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings;
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
        Assert.Contains("D8_MIRROR_TIMEOUT", fault.Advice, StringComparison.Ordinal);
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

    [Theory]
    [InlineData(1, 1, FaultCode.RegistrySilent)]
    [InlineData(40, 1, FaultCode.RegistrySilent)]
    [InlineData(1, 4000, null)]
    public async Task A_list_that_drips_is_given_up_and_one_that_is_only_slow_is_not(
        int pause, int bytes, string? code)
    {
        string list = $"{{\"tags\":[\"a\"]{new string(' ', 400_000)}}}";
        ScriptedRegistry? self = null;
        using ScriptedRegistry registry = new(
            _ => Answer.Streamed(new DrippingStream(
                list, bytes, () => self!.Clock.Advance(TimeSpan.FromSeconds(pause)))),
            Bounded);
        self = registry;

        Task<ImmutableArray<string>?> reading = registry.Client.FindTagsAsync("m", Token);

        if (code is null)
        {
            Assert.Equal(["a"], await reading ?? []);
            return;
        }

        Fault fault = await registry.FaultOfAsync(reading);
        Assert.Equal(code, fault.Code);
        Assert.Contains(" bytes in ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(RetryPipeline.Attempts, registry.Seen.Count);
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

    private static async Task<HttpResponseMessage> HangAsync(SeenRequest request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return Answer.Status(200);
    }

    /// <summary>Gives a text in small pieces, and does something before each.</summary>
    private sealed class DrippingStream(string text, int bytes, Action step)
        : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            step();
            return base.ReadAsync(buffer[..int.Min(buffer.Length, bytes)], cancellationToken);
        }
    }
}
