using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Raw;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>Secrets of builds that fail: in no log, no binary log, no summary, no report.</summary>
[Collection(SharedPackage.Name)]
public sealed class SecretTests(FaultProject project) : IClassFixture<FaultProject>
{
    private const string Canary = "c4nary-proxy-51d0";

    private readonly string _bundle = project.NewBundle();

    [Theory]
    [InlineData(403)]
    [InlineData(407)]
    [InlineData(502)]
    public async Task The_password_of_a_proxy_that_refuses_is_in_no_log_and_no_summary(int status)
    {
        await using RawServer proxy = new(_ => new RawAnswer(
            RawSteps.Text(
                $"HTTP/1.1 {status} No\r\nProxy-Authenticate: Basic realm=\"{Canary}\"\r\nContent-Length: 0\r\n\r\n"),
            RawSteps.Close));
        string log = _bundle + ".binlog";
        string summary = _bundle + ".md";

        DotNetRun build = await project.BuildAsync(
            [],
            "D8MirrorPlan",
            _bundle,
            "registry.example",
            [
                new("HTTPS_PROXY", $"http://pxuser:{Canary}@{proxy.Host}"),
                new("GITHUB_STEP_SUMMARY", summary),
                new("MIRROR_DEBUG_LOG", "4"),
            ],
            $"-bl:{log}");

        Assert.Contains($"The proxy {proxy.Host} failed", project.OnlyError(build, "D8M2017", _bundle));
        await AssertNowhereAsync(
            build, log, summary, "D8M2017", Canary, Convert.ToBase64String(Encoding.UTF8.GetBytes($"pxuser:{Canary}")));
    }

    [Fact]
    public async Task The_password_of_a_client_key_is_in_no_log_and_no_summary()
    {
        string certificate = _bundle + ".pem";
        using (ECDsa key = ECDsa.Create())
        {
            using X509Certificate2 issued = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            PbeParameters parameters = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
            await File.WriteAllTextAsync(
                certificate,
                $"{issued.ExportCertificatePem()}\n{key.ExportEncryptedPkcs8PrivateKeyPem("another", parameters)}\n",
                TestContext.Current.CancellationToken);
        }

        string log = _bundle + ".binlog";
        string summary = _bundle + ".md";

        DotNetRun build = await project.BuildAsync(
            [],
            "D8MirrorPlan",
            _bundle,
            "registry.example",
            [
                new("D8_MIRROR_SOURCE_CLIENT_KEY_PASSWORD", Canary),
                new("GITHUB_STEP_SUMMARY", summary),
                new("MIRROR_DEBUG_LOG", "4"),
            ],
            $"-p:D8MirrorClientCertificateFile={certificate}",
            $"-bl:{log}");

        Assert.Contains(
            "D8_MIRROR_SOURCE_CLIENT_KEY_PASSWORD", project.OnlyError(build, "D8M1024", _bundle));
        await AssertNowhereAsync(build, log, summary, "D8M1024", Canary);
    }

    private static async Task AssertNowhereAsync(
        DotNetRun build, string log, string summary, string code, params string[] forms)
    {
        byte[] logged = await BinaryLogTexts.UnzipAsync(log);
        Assert.True(
            logged.AsSpan().IndexOf(Encoding.UTF8.GetBytes(code)) > 0, "The log has to be readable for this test.");
        string summarized = await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken);
        foreach (string form in forms)
        {
            Assert.DoesNotContain(form, build.Output);
            Assert.True(logged.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) < 0, "The binary log has the secret.");
            Assert.DoesNotContain(form, summarized);
        }
    }
}
