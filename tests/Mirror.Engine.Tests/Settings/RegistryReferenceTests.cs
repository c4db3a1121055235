using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class RegistryReferenceTests
{
    [Theory]
    [InlineData("registry.deckhouse.ru/deckhouse/ee", "registry.deckhouse.ru", "deckhouse/ee")]
    [InlineData("Registry.Example.COM/deckhouse/ee/", "registry.example.com", "deckhouse/ee")]
    [InlineData("registry.example.com:8080/deckhouse/ee", "registry.example.com:8080", "deckhouse/ee")]
    [InlineData("192.168.1.1:5000/deckhouse/ee", "192.168.1.1:5000", "deckhouse/ee")]
    [InlineData("localhost/path", "localhost", "path")]
    [InlineData("localhost:5000/path", "localhost:5000", "path")]
    [InlineData("myregistry/repo", "myregistry", "repo")]
    [InlineData("docker.io/x/y", "docker.io", "x/y")]
    [InlineData("[::1]:5000/x", "[::1]:5000", "x")]
    [InlineData("[2001:DB8:0:0::1]/x", "[2001:db8::1]", "x")]
    [InlineData("h:443/x", "h", "x")]
    [InlineData("h:80/x", "h:80", "x")]
    [InlineData("h:65535/x", "h:65535", "x")]
    [InlineData("HTTPS://h:443/x", "h", "x")]
    [InlineData("h/a_b/c.d/e--f/g__h", "h", "a_b/c.d/e--f/g__h")]
    [InlineData("xn--e1afmkfd.example/x", "xn--e1afmkfd.example", "x")]
    public void A_reference_is_host_and_path(string text, string host, string path)
    {
        RegistryAccess access = SettingsTexts.Check(SettingsTexts.Valid with { Source = text }).Source;

        Assert.Equal((host, path, false), (access.Host, access.Path, access.Insecure));
    }

    [Theory]
    [InlineData("http://h/x", "h")]
    [InlineData("HTTP://h:80/x", "h")]
    [InlineData("http://h:443/x", "h:443")]
    [InlineData("http://localhost:5000/x", "localhost:5000")]
    public void The_prefix_http_means_plain_http(string text, string host)
    {
        CheckedPullSettings result = SettingsTexts.Check(SettingsTexts.Valid with { Source = text });

        Assert.True(result.Source.Insecure);
        Assert.Equal(host, result.Source.Host);
        Assert.Equal($"http://{host}/v2/", result.Source.BaseAddress.ToString());
        Assert.Equal(FaultCode.PlainHttpUsed, Assert.Single(result.Warnings).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("registry.example.com")]
    [InlineData("registry.example.com/")]
    [InlineData("localhost:5000")]
    [InlineData("localhost:5000///")]
    [InlineData("invalid-registry-format")]
    [InlineData("/deckhouse/ee")]
    [InlineData(":5000/x")]
    [InlineData("h:/x")]
    [InlineData("h:0/x")]
    [InlineData("h:65536/x")]
    [InlineData("h:+5/x")]
    [InlineData("h:5000:1/x")]
    [InlineData("::1/x")]
    [InlineData("[::1/x")]
    [InlineData("[::1]5000/x")]
    [InlineData("[fe80::1%25eth0]/x")]
    [InlineData("[127.0.0.1]/x")]
    [InlineData("1/x")]
    [InlineData("0x7f000001/x")]
    [InlineData("127.1/x")]
    [InlineData("999.1.1.1/x")]
    [InlineData("01.2.3.4/x")]
    [InlineData("-h.example/x")]
    [InlineData("h..example/x")]
    [InlineData("h.example./x")]
    [InlineData("h_x/x")]
    [InlineData("пример.рф/x")]
    [InlineData("good.example/../evil.example/repo")]
    [InlineData("h/./x")]
    [InlineData("h//x")]
    [InlineData("h/x//")]
    [InlineData("h/Deckhouse/ee")]
    [InlineData("h/path with spaces")]
    [InlineData("h/x:v1.2.3")]
    [InlineData("h/x?y=1")]
    [InlineData("h/x%2fy")]
    [InlineData("h/x#y")]
    [InlineData("h/x\ny")]
    [InlineData(" h/x")]
    [InlineData("oci://h/x")]
    [InlineData("ftp://h/x")]
    [InlineData("docker://h/x")]
    [InlineData("http://http://h/x")]
    [InlineData("https:/h/x")]
    [InlineData("http:///x")]
    [InlineData("h/x@sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    public void Anything_else_is_refused(string text)
    {
        Fault fault = SettingsTexts.CheckFault(SettingsTexts.Valid with { Source = text });

        Assert.Equal(FaultCode.ReferenceMalformed, fault.Code);
        Assert.Contains("Source", fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Advice);
    }

    [Fact]
    public void A_missing_path_comes_with_a_proposal()
    {
        Fault fault = SettingsTexts.CheckFault(SettingsTexts.Valid with { Source = "registry.example.com" });

        Assert.Contains("registry.example.com/deckhouse/ee", fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public void Host_and_path_together_have_at_most_255_characters(int pathLength, bool isValid)
    {
        string label = $"h/{new string('a', pathLength)}";

        Assert.Equal(isValid, RegistryReference.Read("x", label, out _) is null);
    }

    [Fact]
    public void A_login_in_a_reference_is_refused_and_never_shown()
    {
        const string Canary = "canary-7f3a";
        MirrorPullSettings settings = SettingsTexts.Valid with { Source = $"user:{Canary}@h/x" };

        Assert.DoesNotContain(Canary, SettingsTexts.CheckFault(settings).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://h/x", true, null)]
    [InlineData("https://h/x", false, true)]
    [InlineData("http://h/x", false, false)]
    [InlineData("http://h/x", true, false)]
    public void A_prefix_that_contradicts_the_settings_is_a_conflict(string text, bool insecure, bool? endInsecure)
    {
        RegistryEndpoint source = new(text) { Insecure = endInsecure };
        Fault fault = SettingsTexts.CheckFault(SettingsTexts.Valid with { Source = source, Insecure = insecure });

        Assert.Equal(FaultCode.SettingsConflict, fault.Code);
    }

    [Theory]
    [InlineData("http://h/x", null, false, "Source", "http://h/x")]
    [InlineData("http://h/x", true, false, "Source.Insecure", "true")]
    [InlineData("h/x", true, true, "Source.Insecure", "true")]
    [InlineData("h/x", null, true, "Insecure", "true")]
    public void The_warning_of_plain_http_is_about_the_setting_that_decides(
        string text, bool? endInsecure, bool insecure, string member, string value)
    {
        CheckedPullSettings result = SettingsTexts.Check(SettingsTexts.Valid with
        {
            Source = new RegistryEndpoint(text) { Insecure = endInsecure },
            Insecure = insecure,
        });

        Assert.Equal(new SettingReference(member, value), Assert.Single(result.Warnings).Settings[0]);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    [InlineData(false, null, false)]
    public void The_end_decides_on_plain_http_before_the_settings_do(bool insecure, bool? endInsecure, bool expected)
    {
        RegistryEndpoint source = new("h/x") { Insecure = endInsecure };

        CheckedPullSettings result = SettingsTexts.Check(
            SettingsTexts.Valid with { Source = source, Insecure = insecure });

        Assert.Equal(expected, result.Source.Insecure);
        Assert.Equal(expected, result.Warnings.Any(warning => warning.Code == FaultCode.PlainHttpUsed));
    }
}
