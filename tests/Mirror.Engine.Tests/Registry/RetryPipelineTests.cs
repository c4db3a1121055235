using Mirror.Engine.Registry.Reading;
using Mirror.Engine.Registry.Sending;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class RetryPipelineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(408, FaultCode.ServerError)]
    [InlineData(429, FaultCode.TooManyRequests)]
    [InlineData(500, FaultCode.ServerError)]
    [InlineData(503, FaultCode.ServerError)]
    [InlineData(522, FaultCode.ServerError)]
    public async Task What_is_temporary_is_asked_five_times_with_growing_pauses(int status, string code)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(status));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(code, fault.Code);
        Assert.Contains($"{status}", fault.Message, StringComparison.Ordinal);
        Assert.Equal(RetryPipeline.Attempts, registry.Seen.Count);
        Assert.Equal(RetryPipeline.Attempts - 1, registry.Clock.Waits.Count);
        Assert.All(registry.Clock.Waits, (wait, index) =>
            Assert.InRange(wait, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1 << index)));
        Assert.Equal(4, registry.Events.Count(seen => seen.Level == MirrorEventLevel.Cause));
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, FaultCode.ConnectionFailed)]
    [InlineData(HttpRequestError.ResponseEnded, FaultCode.ConnectionBroken)]
    [InlineData(HttpRequestError.HttpProtocolError, FaultCode.ConnectionBroken)]
    [InlineData(HttpRequestError.ProxyTunnelError, FaultCode.ProxyFailed)]
    public async Task A_failed_connection_is_temporary(HttpRequestError error, string code)
    {
        using ScriptedRegistry registry = new((SeenRequest _) => throw new HttpRequestException(error, "why"));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(code, fault.Code);
        Assert.Equal(RetryPipeline.Attempts, registry.Seen.Count);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, FaultCode.HostNotFound)]
    [InlineData(HttpRequestError.InvalidResponse, FaultCode.UnexpectedAnswer)]
    public async Task A_wrong_address_is_permanent(HttpRequestError error, string code)
    {
        using ScriptedRegistry registry = new((SeenRequest _) => throw new HttpRequestException(error, "why"));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(code, fault.Code);
        Assert.Single(registry.Seen);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(407)]
    [InlineData(412)]
    [InlineData(501)]
    [InlineData(505)]
    public async Task Other_refusals_are_permanent(int status)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(status));

        await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task A_failure_that_passes_is_no_failure()
    {
        using ScriptedRegistry registry = ScriptedRegistry.InTurn(
            () => Answer.Status(502), () => throw new HttpRequestException(), () => Answer.Tags(["a"]));

        Assert.Equal(["a"], await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("m", Token)) ?? []);
        Assert.Equal(3, registry.Seen.Count);
    }

    [Fact]
    public async Task A_small_body_that_breaks_off_is_asked_for_again()
    {
        using ScriptedRegistry registry = ScriptedRegistry.InTurn(
            () => Answer.Streamed(new BrokenStream(ManifestBytes[..5], isSilent: false)),
            () => Answer.Manifest(ManifestBytes));

        ManifestContent? content = await registry.Clock.DriveAsync(
            registry.Client.FindManifestAsync(Repository, "v1", Token));

        Assert.Equal(ManifestDigest, content?.Digest);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("86400", 120)]
    [InlineData("0", 0)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    public async Task The_pause_a_registry_asks_for_is_kept_within_two_minutes(string header, int seconds)
    {
        using ScriptedRegistry registry = ScriptedRegistry.InTurn(
            () => Answer.Status(429, "", ("Retry-After", header)), () => Answer.Tags([]));

        await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(seconds, registry.Clock.Waits.Sum(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_caller_that_cancels_during_a_pause_gets_cancellation()
    {
        using CancellationTokenSource source = new();
        using ScriptedRegistry registry = new(_ => Answer.Status(503));
        Task work = registry.Client.FindTagsAsync("m", source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Single(registry.Seen);
    }
}
