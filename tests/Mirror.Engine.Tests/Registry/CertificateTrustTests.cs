using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Events;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class CertificateTrustTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_unknown_authority_is_refused_with_the_ways_to_trust_it()
    {
        Fault fault = await FaultAsync(access => access);

        Assert.Equal(FaultCode.CertificateRejected, fault.Code);
        Assert.Contains("not trusted", fault.Message, StringComparison.Ordinal);
        Assert.All(
            ["SSL_CERT_FILE", "CaFile", "TlsSkipVerify", "clock"],
            name => Assert.Contains(name, fault.Advice, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_authority_in_CaFile_is_trusted_besides_the_system() =>
        Assert.Empty(await TagsAsync(access => access with { CaFile = Write("ca.pem", _authority.RootPem) }) ?? ["x"]);

    [Fact]
    public async Task An_authority_in_SSL_CERT_FILE_is_trusted_instead_of_the_system() => Assert.Empty(
        await TagsAsync(access => access, ("SSL_CERT_FILE", Write("ca.pem", _authority.RootPem))) ?? ["x"]);

    [Fact]
    public async Task Every_certificate_in_the_folders_of_SSL_CERT_DIR_is_trusted()
    {
        string first = Directory.CreateDirectory(_folder.Combine("one")).FullName;
        string second = Directory.CreateDirectory(_folder.Combine("two")).FullName;
        using TestAuthority other = new();
        Write(Path.Combine("one", "other.pem"), other.RootPem);
        Write(Path.Combine("two", "README"), "no certificate");
        Write(Path.Combine("two", "any-name"), _authority.RootPem);

        Assert.Empty(await TagsAsync(
            access => access, ("SSL_CERT_DIR", $"{first}{Path.PathSeparator}{second}")) ?? ["x"]);
    }

    [Fact]
    public async Task CaFile_adds_to_SSL_CERT_FILE_and_another_authority_does_not_help()
    {
        using TestAuthority other = new();
        (string, string) variable = ("SSL_CERT_FILE", Write("other.pem", other.RootPem));
        string own = Write("own.pem", _authority.RootPem);

        Assert.Equal(FaultCode.CertificateRejected, (await FaultAsync(access => access, variable)).Code);
        Assert.Empty(await TagsAsync(access => access with { CaFile = own }, variable) ?? ["x"]);
    }

    [Fact]
    public async Task Another_host_name_is_refused_also_from_a_trusted_authority()
    {
        using TestAuthority elsewhere = new("elsewhere.example");
        string own = Write("own.pem", elsewhere.RootPem);

        Fault fault = await FaultAsync(access => access with { CaFile = own }, authority: elsewhere);

        Assert.Equal(FaultCode.CertificateRejected, fault.Code);
        Assert.Contains("another host name than 127.0.0.1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("it names elsewhere.example", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not trusted", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_has_expired_is_called_so_with_its_day(bool isTrusted)
    {
        using TestAuthority authority = new(serverLife: TimeSpan.FromHours(20));
        string own = Write("own.pem", authority.RootPem);

        Fault fault = await FaultAsync(
            access => isTrusted ? access with { CaFile = own } : access, authority: authority);

        Assert.Equal(FaultCode.CertificateRejected, fault.Code);
        string day = authority.Server.NotAfter.ToUniversalTime().ToString(
            "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"it expired on {day}", fault.Message, StringComparison.Ordinal);
        Assert.Equal(!isTrusted, fault.Message.Contains("not trusted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_name_and_expiry_are_both_said()
    {
        using TestAuthority authority = new("a.example", TimeSpan.FromHours(20));
        string own = Write("own.pem", authority.RootPem);

        Fault fault = await FaultAsync(access => access with { CaFile = own }, authority: authority);

        Assert.Contains("a.example", fault.Message, StringComparison.Ordinal);
        Assert.Contains("expired", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(70)]
    [InlineData(80)]
    public async Task An_alert_of_the_server_is_no_rejected_certificate(byte alert)
    {
        await using AlertingServer server = new(alert);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => TagsAsync(server.Host, it => it, null));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.TlsHandshakeFailed, fault.Code);
        Assert.DoesNotContain("CaFile", fault.Advice, StringComparison.Ordinal);
        Assert.Equal(1, server.Alerts);
    }

    [Fact]
    public void A_pipe_in_place_of_a_CA_file_is_refused_at_once()
    {
        string pipe = NamedPipe.Make(_folder.Combine("pipe"));

        MirrorException failure = Assert.Throws<MirrorException>(() => CertificateTrust.Load(
            ScriptedRegistry.Access() with { CaFile = pipe }, Variables()));

        Assert.Equal(FaultCode.CertificateFileUnreadable, Assert.Single(failure.Faults).Code);
        Assert.Contains("pipe", failure.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TlsSkipVerify_accepts_anything() =>
        Assert.Empty(await TagsAsync(access => access with { TlsSkipVerify = true }) ?? ["x"]);

    [Fact]
    public void Files_that_cannot_be_used_are_named_before_anything_is_asked()
    {
        string empty = Write("empty.pem", "nothing");
        RegistryAccess access = ScriptedRegistry.Access();

        Assert.All(
            [
                Assert.Throws<MirrorException>(() => CertificateTrust.Load(
                    access with { CaFile = _folder.Combine("absent.pem") }, Variables())),
                Assert.Throws<MirrorException>(
                    () => CertificateTrust.Load(access with { CaFile = empty }, Variables())),
                Assert.Throws<MirrorException>(() => CertificateTrust.Load(
                    access, Variables(("SSL_CERT_FILE", empty)))),
                Assert.Throws<MirrorException>(() => CertificateTrust.Load(
                    access, Variables(("SSL_CERT_DIR", _folder.Combine("absent"))))),
            ],
            failure => Assert.Equal(FaultCode.CertificateFileUnreadable, Assert.Single(failure.Faults).Code));
    }

    private static RunEnvironment Variables(params (string Name, string Value)[] variables) =>
        new(variables.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    private async Task<Fault> FaultAsync(
        Func<RegistryAccess, RegistryAccess> change,
        (string Name, string Value)? variable = null,
        TestAuthority? authority = null)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => TagsAsync(change, variable, authority));
        return Assert.Single(failure.Faults);
    }

    private async Task<ImmutableArray<string>?> TagsAsync(
        Func<RegistryAccess, RegistryAccess> change,
        (string Name, string Value)? variable = null,
        TestAuthority? authority = null)
    {
        await using TlsServer server = new((authority ?? _authority).Server);
        return await TagsAsync(server.Host, change, variable);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handler.")]
    private static async Task<ImmutableArray<string>?> TagsAsync(
        string host, Func<RegistryAccess, RegistryAccess> change, (string Name, string Value)? variable)
    {
        RegistryAccess access = change(ScriptedRegistry.Access(host));
        using RegistryClient client = new(
            access,
            RegistryTransport.CreateHandler(access, variable is { } set ? Variables(set) : Variables()),
            TimeProvider.System,
            new Random(1),
            EventSink.None,
            StoredCredentials.Of(EventSink.None));
        return await client.FindTagsAsync("m", TestContext.Current.CancellationToken);
    }

    private string Write(string name, string text)
    {
        string path = _folder.Combine(name);
        File.WriteAllText(path, text);
        return path;
    }
}
