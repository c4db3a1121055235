using System.Net;
using System.Net.Sockets;
using System.Text;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class PullFaultTests(FaultProject project) : IClassFixture<FaultProject>
{
    private const string Insecure = "-p:D8MirrorInsecure=true";

    private readonly string _bundle = project.NewBundle();

    [Fact]
    public async Task An_unreachable_registry_is_named_with_what_to_check()
    {
        // A port that is taken but not listened on: nobody else can open it, and nobody answers.
        using Socket closed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string host = $"{closed.LocalEndPoint}";

        DotNetRun build = await project.BuildAsync("D8MirrorPull", _bundle, host, Insecure);

        string error = project.OnlyError(build, "D8M2002", _bundle);
        Assert.Contains($"No connection to {host}: ", error);
        Assert.Contains(". Check host and port", error);
    }

    [Fact]
    public async Task A_wrong_licence_names_its_variable_and_is_in_no_log()
    {
        const string Canary = "canary-8c1f";
        await using TestRegistry registry = await StartAsync(new TestCredential("license-token", "right-one"));
        string log = _bundle + ".binlog";

        DotNetRun build = await project.BuildAsync(
            [],
            "D8MirrorPull",
            _bundle,
            registry.Host,
            [new("D8_MIRROR_LICENSE_TOKEN", Canary)],
            Insecure,
            $"-bl:{log}");

        string error = project.OnlyError(build, "D8M2006", _bundle);
        Assert.Contains("with 401", error);
        Assert.Contains("D8_MIRROR_LICENSE_TOKEN", error);
        byte[] logged = await BinaryLogTexts.UnzipAsync(log);
        Assert.True(logged.AsSpan().IndexOf("D8M2006"u8) > 0, "The log has to be readable for this test.");
        string sent = Convert.ToBase64String(Encoding.UTF8.GetBytes($"license-token:{Canary}"));
        foreach (string form in (string[])[Canary, sent])
        {
            Assert.DoesNotContain(form, build.Output);
            Assert.True(logged.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) < 0, "The binary log has the licence.");
        }
    }

    [Fact]
    public async Task A_warning_that_the_build_takes_for_an_error_ends_the_pull_instead_of_failing_it_at_its_end()
    {
        await using TestRegistry registry = await StartAsync();

        DotNetRun build = await project.BuildAsync(
            "D8MirrorPull", _bundle, registry.Host, Insecure, "-warnaserror:D8M2019");

        Assert.NotEqual(0, build.ExitCode);
        Assert.NotEmpty(build.LinesWith("error D8M2019"));
        Assert.Empty(build.LinesWith("D8M8002"));
        Assert.Empty(build.LinesWith("Pulled "));
        Assert.False(
            Directory.Exists(_bundle) && Directory.EnumerateFiles(_bundle, "*.tar").Any(), "The pull went on.");
    }

    [Fact]
    public async Task A_missing_tag_is_named_with_its_setting()
    {
        await using TestRegistry registry = await StartAsync();

        DotNetRun build = await project.BuildAsync(
            "D8MirrorPull", _bundle, registry.Host, Insecure, "-p:D8MirrorDeckhouseTag=v9.9.9");

        string error = project.OnlyError(build, "D8M3003", _bundle);
        Assert.Contains(":v9.9.9 does not exist", error);
        Assert.Contains(" Check D8MirrorDeckhouseTag", error);
    }

    [Fact]
    public async Task Three_malformed_settings_are_all_reported_before_any_request()
    {
        await using TestRegistry registry = await StartAsync();

        DotNetRun build = await project.BuildAsync(
            "D8MirrorPull",
            _bundle,
            registry.Host,
            "-p:D8MirrorMaxConnections=many",
            "-p:D8MirrorSinceVersion=newest",
            "-p:D8MirrorForce=perhaps");

        Assert.Equal(1, build.ExitCode);
        List<string> errors = [.. build.DistinctLinesWith(": error ")];
        Assert.True(errors.Count == 3, build.Output);
        Assert.Single(errors, error => error.Contains(" D8M1002: ") && error.Contains("D8MirrorMaxConnections"));
        Assert.Single(errors, error => error.Contains(" D8M1010: ") && error.Contains("D8MirrorSinceVersion"));
        Assert.Single(errors, error => error.Contains(" D8M1002: ") && error.Contains("D8MirrorForce"));
        Assert.False(Directory.Exists(_bundle));
        Assert.Empty(registry.Requests.All);
    }

    [Fact]
    public async Task An_untrusted_certificate_names_the_ways_to_trust_it()
    {
        await using UntrustedServer server = new();

        DotNetRun build = await project.BuildAsync("D8MirrorPull", _bundle, server.Host);

        string error = project.OnlyError(build, "D8M2003", _bundle);
        Assert.Contains($"The TLS certificate of {server.Host} was not accepted", error);
        Assert.Contains("SSL_CERT_FILE", error);
        Assert.Contains("D8MirrorCaFile", error);
    }

    [Fact]
    public async Task A_registry_without_TLS_names_the_setting_for_plain_HTTP()
    {
        await using TestRegistry registry = await StartAsync();

        DotNetRun build = await project.BuildAsync("D8MirrorPull", _bundle, registry.Host);

        string error = project.OnlyError(build, "D8M2004", _bundle);
        Assert.Contains($"{registry.Host} does not speak TLS", error);
        Assert.Contains("set D8MirrorInsecure", error);
    }

    private static Task<TestRegistry> StartAsync(TestCredential? credential = null) => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = DeckhouseMini.Load(), Credential = credential },
        TestContext.Current.CancellationToken);
}
