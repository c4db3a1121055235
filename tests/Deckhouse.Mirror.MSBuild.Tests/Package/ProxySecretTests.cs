using System.IO.Compression;
using System.Text;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Raw;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class ProxySecretTests(FaultProject project) : IClassFixture<FaultProject>
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

        string error = project.OnlyError(build, "D8M2017", _bundle);
        Assert.Contains($"The proxy {proxy.Host} failed", error);
        byte[] logged = await UnzipAsync(log);
        Assert.True(logged.AsSpan().IndexOf("D8M2017"u8) > 0, "The log has to be readable for this test.");
        string sent = Convert.ToBase64String(Encoding.UTF8.GetBytes($"pxuser:{Canary}"));
        foreach (string form in (string[])[Canary, sent])
        {
            Assert.DoesNotContain(form, build.Output);
            Assert.True(logged.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) < 0, "The binary log has the password.");
            Assert.DoesNotContain(
                form, await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken));
        }
    }

    private static async Task<byte[]> UnzipAsync(string path)
    {
        await using FileStream file = File.OpenRead(path);
        await using GZipStream gzip = new(file, CompressionMode.Decompress);
        using MemoryStream content = new();
        await gzip.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }
}
