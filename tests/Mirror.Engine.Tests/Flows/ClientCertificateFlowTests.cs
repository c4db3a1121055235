using System.Diagnostics.CodeAnalysis;
using System.Security.Authentication;
using Mirror.Engine.Tests.Registry;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A pull and a push between registries that require a client certificate, each another one.</summary>
[SuppressMessage("Security", "CA5398", Justification = "Each version of TLS refuses a client in its own way.")]
public sealed class ClientCertificateFlowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _sources = new();
    private readonly TestAuthority _targets = new();
    private readonly ClientFiles _reader;
    private readonly ClientFiles _writer;

    public ClientCertificateFlowTests()
    {
        _reader = new ClientFiles(_folder, _sources);
        _writer = new ClientFiles(_folder, _targets);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
        _sources.Dispose();
        _targets.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Pull_and_push_show_their_certificates_and_tell_no_secret(SslProtocols protocol)
    {
        await using TestRegistry source = await _sources.StartRegistryAsync(DeckhouseMini.Load(), protocol);
        await using TestRegistry target = await _targets.StartRegistryAsync(new ContentSet(), protocol);
        EngineRun pull = new(source.Host, _folder.Combine("bundle"));
        pull.Environment.Add("D8_MIRROR_SOURCE_CLIENT_KEY", _reader.EncryptedKeyPem);
        pull.Environment.Add("D8_MIRROR_SOURCE_CLIENT_KEY_PASSWORD", ClientFiles.Password);
        pull.Settings = pull.Settings with
        {
            Insecure = false,
            CaFile = _reader.Write("sources.pem", _sources.RootPem),
            ClientCertificateFile = _reader.Write("reader.pem", _reader.ChainPem),
        };
        PushRun push = new(target.Host, _folder.Combine("bundle"));
        push.Settings = push.Settings with
        {
            Insecure = false,
            CaFile = _writer.Write("targets.pem", _targets.RootPem),
            ClientCertificateFile = pull.Settings.ClientCertificateFile,
            Target = push.Settings.Target with
            {
                ClientCertificateFile = _writer.Write("writer.pem", _writer.ChainPem),
                ClientKeyFile = _writer.Write("writer.key", _writer.KeyPem),
            },
        };

        MirrorReport pulled = await pull.PullAsync();
        MirrorReport pushed = await push.PushAsync();

        Assert.NotEqual(0, pulled.Plan.ImageCount);
        Assert.InRange(pushed.Plan.ImageCount, pulled.Plan.ImageCount, int.MaxValue);
        Assert.NotEmpty(source.ClientCertificates!.Shown);
        Assert.NotEmpty(target.ClientCertificates!.Shown);
        string text = string.Join('\n', [
            pulled.ToString(), pushed.ToString(), pull.Settings.ToString(), push.Settings.ToString(),
            .. pull.Events.Concat(push.Events).Select(value => value.ToString())]);
        Assert.DoesNotContain(ClientFiles.Password, text, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);
        Assert.DoesNotContain(_writer.KeyPem[40..70], text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_pull_without_a_certificate_is_told_which_setting_it_needs(SslProtocols protocol)
    {
        await using TestRegistry source = await _sources.StartRegistryAsync(DeckhouseMini.Load(), protocol);
        EngineRun pull = new(source.Host, _folder.Combine("bundle"));
        pull.Settings = pull.Settings with
        {
            Insecure = false,
            CaFile = _reader.Write("sources.pem", _sources.RootPem),
        };

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => pull.PullAsync());

        Fault fault = failure.Faults[0];
        Assert.Equal(FaultCode.ClientCertificateRequired, fault.Code);
        Assert.Contains("Source.ClientCertificateFile", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_ends_a_run_before_anything_is_asked()
    {
        using ClientFiles expired = new(_folder, _sources, TimeSpan.FromHours(20));
        await using TestRegistry source = await _sources.StartRegistryAsync(DeckhouseMini.Load());
        EngineRun pull = new(source.Host, _folder.Combine("bundle"));
        pull.Settings = pull.Settings with
        {
            Insecure = false,
            ClientCertificateFile = expired.Write("expired.pem", expired.ChainPem + expired.KeyPem),
        };
        PushRun push = new(source.Host, _folder.Combine("absent"));
        push.Settings = push.Settings with
        {
            Insecure = false,
            ClientCertificateFile = _reader.Whole,
            ClientKeyFile = NamedPipe(),
        };

        MirrorException pulled = await Assert.ThrowsAsync<MirrorException>(() => pull.PullAsync());

        Assert.Equal(FaultCode.ClientCertificateNotValid, Assert.Single(pulled.Faults).Code);
        Assert.Equal(FaultCode.ClientKeyUnusable, Assert.Single(await push.FailAsync()).Code);
        Assert.Empty(source.Requests.All);
        Assert.Empty(source.ClientCertificates!.Shown);
    }

    private string NamedPipe() => Disk.NamedPipe.Make(_folder.Combine("pipe"));
}
