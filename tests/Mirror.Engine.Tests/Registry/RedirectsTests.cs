using Mirror.Engine.Errors;
using Mirror.Engine.Settings;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class RedirectsTests
{
    private const string Storage = "https://storage.example/bucket/x?X-Signature=geheim";

    private static readonly RegistryAccess LoggedIn = ScriptedRegistry.Access() with
    {
        Credential = new Credential("license-token", "s3cret"),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_login_never_goes_to_the_host_a_redirect_names_but_the_range_does()
    {
        using ScriptedRegistry registry = new(
            request => request.Address.Host == "storage.example" ? Answer.Part(Blob, 10)
                : request.Authorization is null ? Answer.Challenge("Basic realm=x")
                : Answer.Redirect(Storage),
            LoggedIn);

        Assert.Equal(Blob[10..], await ReadAllAsync(
            await registry.Client.OpenBlobAsync(Repository, BlobDigest, Blob.Length, 10, Token)));

        Assert.Equal(3, registry.Seen.Count);
        Assert.NotNull(registry.Seen[1].Authorization);
        Assert.Equal(Storage, registry.Seen[2].Address.ToString());
        Assert.Null(registry.Seen[2].Authorization);
        Assert.Equal("bytes=10-", registry.Seen[2].Range);
        Assert.DoesNotContain(registry.Events, seen => seen.Message.Contains("geheim", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://registry.example:8443/x")]
    [InlineData("https://sub.registry.example/x")]
    public async Task Another_port_or_name_is_another_host(string target)
    {
        using ScriptedRegistry registry = new(
            request => request.Address.ToString() == target ? Answer.Bytes(Blob)
                : request.Authorization is null ? Answer.Challenge("Basic realm=x")
                : Answer.Redirect(target),
            LoggedIn);

        await (await OpenAsync(registry)).DisposeAsync();

        Assert.Null(registry.Seen[^1].Authorization);
    }

    [Fact]
    public async Task A_redirect_inside_the_registry_keeps_the_login()
    {
        using ScriptedRegistry registry = new(
            request => request.Authorization is null ? Answer.Challenge("Basic realm=x")
                : request.Address.AbsolutePath == "/elsewhere" ? Answer.Bytes(Blob)
                : Answer.Redirect("/elsewhere", 302),
            LoggedIn);

        await (await OpenAsync(registry)).DisposeAsync();

        Assert.NotNull(registry.Seen[^1].Authorization);
    }

    [Theory]
    [InlineData("http://storage.example/x")]
    [InlineData("ftp://storage.example/x")]
    [InlineData("http://registry.example/x")]
    public async Task A_redirect_away_from_HTTPS_is_refused(string target)
    {
        using ScriptedRegistry registry = new(_ => Answer.Redirect(target));

        Fault fault = await registry.FaultOfAsync(OpenAsync(registry));

        Assert.Equal(FaultCode.RedirectRefused, fault.Code);
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task A_redirect_without_target_and_one_without_end_are_refused()
    {
        using ScriptedRegistry nowhere = new(_ => Answer.Status(307));
        using ScriptedRegistry circle = new(_ => Answer.Redirect("/again"));

        Assert.Equal(FaultCode.RedirectRefused, (await nowhere.FaultOfAsync(OpenAsync(nowhere))).Code);
        Assert.Equal(FaultCode.RedirectRefused, (await circle.FaultOfAsync(OpenAsync(circle))).Code);
        Assert.Equal(11, circle.Seen.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_refusal_of_the_storage_is_neither_a_challenge_nor_an_absence(int status)
    {
        using ScriptedRegistry registry = new(
            request => request.Address.Host == "storage.example"
                ? Answer.Status(status, "<Error/>", ("WWW-Authenticate", "Basic realm=x"))
                : Answer.Redirect(Storage),
            LoggedIn);

        Fault fault = await registry.FaultOfAsync(registry.Client.FindManifestAsync(Repository, "v1", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
        Assert.Contains("storage.example", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(registry.Seen, request => request.Authorization is not null);
    }

    private static Task<Stream> OpenAsync(ScriptedRegistry registry) =>
        registry.Client.OpenBlobAsync(Repository, BlobDigest, Blob.Length, 0, Token);
}
