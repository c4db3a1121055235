using Mirror.Engine.Errors;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class RealmGuardTests
{
    private static readonly RegistryRequest Request = RegistryRequest.ForTags("m", "m/tags/list");

    [Theory]
    [InlineData("registry.example", "https://registry.example/token")]
    [InlineData("registry.example", "https://REGISTRY.example:8443/token")]
    [InlineData("127.0.0.1:5000", "https://127.0.0.1:5001/token")]
    [InlineData("[::1]:5000", "https://[::1]:5000/token")]
    [InlineData("registry.example", "https://auth.example/token", "auth.example")]
    [InlineData("registry.example", "https://auth.example:444/token", " Auth.Example:444 ")]
    [InlineData("registry.example", "https://10.0.0.5/token", "10.0.0.5")]
    public void Own_and_listed_hosts_may_be_asked(string host, string realm, params string[] allowed) =>
        Assert.Equal(new Uri(realm), RealmGuard.Check(realm, Access(host, allowed), Request));

    [Theory]
    [InlineData("https://auth.example/token")]
    [InlineData("https://registry.example.evil.test/token")]
    [InlineData("https://registry.example@evil.test/token")]
    [InlineData("https://127.0.0.1/token")]
    [InlineData("https://[::1]/token")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://auth.listed:444/token", "auth.listed:443")]
    [InlineData("http://registry.example/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("token")]
    public void Others_are_refused_by_name(string realm, params string[] allowed)
    {
        MirrorException failure = Assert.Throws<MirrorException>(
            () => RealmGuard.Check(realm, Access("registry.example", allowed), Request));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.RealmRefused, fault.Code);
        Assert.Contains("D8MirrorAllowedRealms", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_HTTP_is_for_insecure_registries_only() => Assert.NotNull(RealmGuard.Check(
        "http://127.0.0.1:5001/token", Access("127.0.0.1:5000") with { Insecure = true }, Request));

    [Fact]
    public async Task A_foreign_realm_gets_neither_a_credential_nor_a_request()
    {
        RegistryAccess access = ScriptedRegistry.Access() with { Credential = new Credential("a", "s3cret") };
        using ScriptedRegistry registry = new(
            _ => Answer.Challenge("Bearer realm=\"https://evil.test/token\""), access);

        Fault fault = await registry.FaultOfAsync(
            registry.Client.FindTagsAsync("m", TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.RealmRefused, fault.Code);
        Assert.Contains("evil.test", fault.Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(registry.Seen).Authorization);
    }

    private static RegistryAccess Access(string host, params string[] allowed) =>
        ScriptedRegistry.Access(host) with { AllowedRealms = [.. allowed] };
}
