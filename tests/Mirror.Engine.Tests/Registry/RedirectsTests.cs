using Mirror.Engine.Settings.Ends;
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
    [InlineData("https://storage.example/a%41b%7Ec~d/../x?Credential=AK%2F3&sig=a%2Bb+c%7E%2A(x)&n=%D0%BF")]
    [InlineData("https://storage.example//x//?a=b?c")]
    [InlineData("/elsewhere/%7e?sig=%2f")]
    public async Task An_address_is_asked_for_as_it_was_given_since_it_may_be_signed(string target)
    {
        using ScriptedRegistry registry = new(request => request.Address.OriginalString.EndsWith(
            target, StringComparison.Ordinal) ? Answer.Bytes(Blob) : Answer.Redirect(target));

        Assert.Equal(Blob, await ReadAllAsync(await OpenAsync(registry)));

        string path = target[target.IndexOf('/', target.Contains("://", StringComparison.Ordinal) ? 8 : 0)..];
        Assert.Equal(path, registry.Seen[^1].Address.PathAndQuery);
    }

    [Fact]
    public async Task An_address_that_expired_is_replaced_twice_by_another_from_the_registry_and_then_given_up()
    {
        int given = 0;
        using ScriptedRegistry mended = Expiring(2);
        using ScriptedRegistry closed = Expiring(int.MaxValue);

        Assert.Equal(Blob, await ReadAllAsync(await OpenAsync(mended)));
        Fault fault = await closed.FaultOfAsync(OpenAsync(closed));

        Assert.Equal("?sig=3", mended.Seen[^1].Address.Query);
        Assert.Equal(6, closed.Seen.Count);
        Assert.Empty(closed.Clock.Waits);
        Assert.Contains(
            "storage.example (reached through a redirect from registry.example)", fault.Message,
            StringComparison.Ordinal);
        Assert.Contains("administrator of registry.example", fault.Advice, StringComparison.Ordinal);

        ScriptedRegistry Expiring(int refusals)
        {
            given = 0;
            return new ScriptedRegistry(request =>
                request.Address.Host != "storage.example" ? Answer.Redirect($"https://storage.example/x?sig={++given}")
                : given <= refusals ? Answer.Status(403, "<Error>Request has expired</Error>")
                : Answer.Bytes(Blob));
        }
    }

    [Fact]
    public async Task A_host_that_a_redirect_names_and_nobody_runs_is_told_with_the_one_that_named_it()
    {
        using ScriptedRegistry registry = new(request => request.Address.Host == "storage.example"
            ? throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused")
            : Answer.Redirect(Storage));

        Fault fault = await registry.FaultOfAsync(OpenAsync(registry));

        Assert.Equal(FaultCode.ConnectionFailed, fault.Code);
        Assert.Contains("storage.example (reached through a redirect from registry.example)", fault.Message,
            StringComparison.Ordinal);
        Assert.Contains("registry.example named this address", fault.Advice, StringComparison.Ordinal);
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
