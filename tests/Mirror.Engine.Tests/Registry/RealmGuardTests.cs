using Mirror.Engine.Registry.Login;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class RealmGuardTests
{
    private static readonly RegistryRequest Request = RegistryRequest.ForTags("m", "m/tags/list");

    [Theory]
    [InlineData("registry.example", "https://registry.example/token")]
    [InlineData("registry.example:8443", "https://REGISTRY.example:8443/token")]
    [InlineData("registry.example:5050", "https://registry.example/jwt/auth")]
    [InlineData("127.0.0.1:5000", "https://127.0.0.1:5001/token", "127.0.0.1:5001")]
    [InlineData("127.0.0.1:5000", "https://127.0.0.1:5001/token", "127.0.0.1")]
    [InlineData("[::1]:5000", "https://[::1]:5001/token", "[::1]:5001")]
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
    [InlineData("https://registry.example:8443/token")]
    [InlineData("https://registry.example:80/token")]
    [InlineData("//evil.test/token")]
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
        Assert.Contains("AllowedRealms", fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://xn--a.example/token")]
    [InlineData("https://\u200d.example/token")]
    [InlineData("https://xn--999999999999999999999/token")]
    [InlineData("https://\ud800.example/t")]
    [InlineData("https://\ufe0fxn--a/token")]
    [InlineData("https://\u0378\ud83d\ude00-\u0627/token")]
    public void A_host_that_no_name_service_can_look_up_is_refused_too(string realm) =>
        Others_are_refused_by_name(realm);

    [Theory]
    [InlineData("registry.example", "/zot/auth/token", "https://registry.example/zot/auth/token")]
    [InlineData("registry.example:5000", "/token?a=b", "https://registry.example:5000/token?a=b")]
    public void A_path_means_the_registry_itself(string host, string realm, string address) =>
        Assert.Equal(address, RealmGuard.Check(realm, Access(host), Request).AbsoluteUri);

    [Fact]
    public void The_advice_names_host_and_port_as_the_setting_takes_them()
    {
        MirrorException failure = Assert.Throws<MirrorException>(() => RealmGuard.Check(
            "https://registry.example:8443/token", Access("registry.example"), Request));

        Assert.Contains("another port", failure.Faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("registry.example:8443", failure.Faults[0].Advice, StringComparison.Ordinal);
        RealmGuard.Check(
            "https://registry.example:8443/token", Access("registry.example", "registry.example:8443"), Request);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/token")]
    [InlineData("/token")]
    public void Plain_HTTP_is_for_insecure_registries_only(string realm) => Assert.NotNull(RealmGuard.Check(
        realm, Access("127.0.0.1:5000") with { Insecure = true }, Request));

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
