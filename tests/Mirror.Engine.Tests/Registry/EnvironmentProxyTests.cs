using System.Net;
using Mirror.Engine.Errors;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("", "https://registry.example/", true)]
    [InlineData("*", "https://registry.example/", false)]
    [InlineData("registry.example", "https://registry.example/", false)]
    [InlineData("REGISTRY.example.", "https://registry.EXAMPLE/", false)]
    [InlineData("example", "https://registry.example/", false)]
    [InlineData("ample", "https://registry.example/", true)]
    [InlineData(".example", "https://registry.example/", false)]
    [InlineData(".registry.example", "https://registry.example/", true)]
    [InlineData("*.registry.example", "https://registry.example/", true)]
    [InlineData("*.registry.example", "https://a.registry.example/", false)]
    [InlineData("other, registry.example", "https://registry.example/", false)]
    [InlineData("registry.example:5000", "https://registry.example:5000/", false)]
    [InlineData("registry.example:5000", "https://registry.example/", true)]
    [InlineData("registry.example:443", "https://registry.example/", false)]
    [InlineData("10.1.2.3", "https://10.1.2.3/", false)]
    [InlineData("10.1.2.3:8080", "https://10.1.2.3:8081/", true)]
    [InlineData("10.0.0.0/8", "https://10.200.0.1/", false)]
    [InlineData("10.1.2.3/8", "https://10.200.0.1/", false)]
    [InlineData("10.0.0.0/8", "https://11.0.0.1/", true)]
    [InlineData("10.0.0.0/33", "https://10.0.0.1/", true)]
    [InlineData("10.0.0.0/8", "https://[::ffff:10.0.0.1]/", false)]
    [InlineData("fd00::/8", "https://[fd12::1]/", false)]
    [InlineData("fd12::1", "https://[fd12::1]/", false)]
    [InlineData("[fd12::1]:444", "https://[fd12::1]:444/", false)]
    [InlineData("[fd12::1]:444", "https://[fd12::1]/", true)]
    [InlineData("1.2.3.4", "https://51.2.3.4/", true)]
    [InlineData("other.test registry.example", "https://registry.example/", false)]
    [InlineData("other.test;registry.example", "https://registry.example/", false)]
    [InlineData("http://registry.example", "https://registry.example/", false)]
    [InlineData("https://registry.example:5000/", "https://registry.example:5000/", false)]
    [InlineData("https://registry.example:5000/", "https://registry.example/", true)]
    [InlineData("", "https://localhost:5000/", false)]
    [InlineData("", "https://127.0.0.1:5000/", false)]
    [InlineData("", "https://127.8.8.8/", false)]
    [InlineData("", "https://[::1]/", false)]
    public void NO_PROXY_names_hosts_networks_and_domains(string noProxy, string address, bool isProxied)
    {
        EnvironmentProxy proxy = Proxy(("HTTPS_PROXY", "http://proxy.example:3128"), ("NO_PROXY", noProxy));

        Assert.Equal(isProxied, proxy.GetProxy(new Uri(address)) is not null);
        Assert.Equal(!isProxied, proxy.IsBypassed(new Uri(address)));
    }

    [Fact]
    public void Each_scheme_has_its_variable_and_upper_case_wins()
    {
        EnvironmentProxy proxy = Proxy(
            ("HTTP_PROXY", "http://plain:1"), ("https_proxy", "lower:2"), ("http_proxy", "http://lower:3"));

        Assert.Equal(new Uri("http://plain:1"), proxy.GetProxy(new Uri("http://registry.example")));
        Assert.Equal(new Uri("http://lower:2"), proxy.GetProxy(new Uri("https://registry.example")));
        Assert.Null(Proxy().GetProxy(new Uri("https://registry.example")));
    }

    [Fact]
    public void Inside_a_CGI_program_HTTP_PROXY_comes_from_strangers() => Assert.Null(
        Proxy(("HTTP_PROXY", "http://proxy:1"), ("REQUEST_METHOD", "GET"))
            .GetProxy(new Uri("http://registry.example")));

    [Fact]
    public void A_login_in_the_address_is_used_for_that_proxy_only()
    {
        EnvironmentProxy proxy = Proxy(("HTTPS_PROXY", "http://user:p%40ss@proxy.example:3128"));

        NetworkCredential? login = proxy.Credentials?.GetCredential(new Uri("http://proxy.example:3128"), "Basic");

        Assert.Equal(("user", "p@ss"), (login?.UserName, login?.Password));
        Assert.Null(proxy.GetCredential(new Uri("http://registry.example"), "Basic"));
        Assert.Null(proxy.GetCredential(new Uri("http://proxy.example:3129"), "Basic"));
    }

    [Theory]
    [InlineData("ftp://proxy:1")]
    [InlineData("http://user:geheim@")]
    [InlineData("http://user:1234#geheim@proxy:3128")]
    [InlineData("http://user:1234/geheim@proxy:3128")]
    [InlineData("http://user:1234?geheim@proxy:3128")]
    [InlineData("http://proxy:3128/geheim")]
    public void An_unusable_address_is_a_fault_that_does_not_show_it(string value)
    {
        Fault fault = Assert.Throws<MirrorException>(() => Proxy(("HTTPS_PROXY", value))).Faults[0];

        Assert.Equal(FaultCode.ProxyFailed, fault.Code);
        Assert.Contains("HTTPS_PROXY", fault.Message, StringComparison.Ordinal);
        Assert.Contains("# as %23", fault.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:s3cret-word@proxy.example:3128", "s3cret-word")]
    [InlineData("http://t0ken-alone@proxy.example:3128", "t0ken-alone")]
    public void The_login_is_no_part_of_the_address_and_is_known_as_a_secret(string value, string secret)
    {
        Redactor secrets = new();
        EnvironmentProxy proxy = Proxy(("HTTPS_PROXY", value));

        proxy.AddSecrets(secrets);

        Assert.Equal("http://proxy.example:3128/", proxy.GetProxy(new Uri("https://registry.example"))?.AbsoluteUri);
        Assert.Equal(Redactor.Mark, secrets.Redact(secret));
    }

    private static EnvironmentProxy Proxy(params (string Name, string Value)[] variables) => EnvironmentProxy.Create(
        new RunEnvironment(variables.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));
}
