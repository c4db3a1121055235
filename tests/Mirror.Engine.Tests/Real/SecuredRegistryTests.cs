using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.Engine.Tests.Registry;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Remote;
using Mirror.TestKit.Seeded;
using Org.BouncyCastle.Crypto.Generators;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// Debian's docker-registry as it stands in companies: behind TLS, behind a limit of bodies, with logins.
/// </summary>
public sealed class SecuredRegistryTests
{
    private const string Canary = "c4nary-Passw0rd";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pull_and_a_push_go_through_TLS_of_a_private_CA()
    {
        using TemporaryFolder folder = new();
        using TestAuthority authority = new();
        string caFile = folder.Combine("ca.pem");
        await File.WriteAllTextAsync(caFile, authority.RootPem, Cancellation);
        await using DockerRegistry registry = await StartAsync();
        await FillAsync(registry.Host);
        await using Nginx nginx = await Nginx.StartAsync(
            RealPart.OrSkip("nginx"), registry.Host, Pem(authority), cancellationToken: Cancellation);
        EngineRun pull = new(nginx.Host, folder.Combine("bundle"));
        pull.Settings = pull.Settings with { Insecure = false };
        PushRun push = new(nginx.Host, folder.Combine("bundle"));
        push.Settings = push.Settings with { Insecure = false };

        MirrorException untrusted = await Assert.ThrowsAsync<MirrorException>(() => pull.PullAsync());
        pull.Settings = pull.Settings with { CaFile = caFile };
        push.Settings = push.Settings with { CaFile = caFile };
        MirrorReport pulled = await pull.PullAsync();
        MirrorReport pushed = await push.PushAsync();

        Assert.Equal(FaultCode.CertificateRejected, Assert.Single(untrusted.Faults).Code);
        Assert.Equal((pulled.Plan.ImageCount, 5), (pushed.Plan.ImageCount, pushed.Plan.InstallerTags));
        Assert.Equal(await HeldAsync(registry.Host, "mirror/"), Wanted(pushed));
    }

    [Fact]
    public async Task A_push_goes_through_a_proxy_that_takes_one_megabyte_per_request()
    {
        using TemporaryFolder folder = new();
        await using DockerRegistry source = await StartAsync();
        await using DockerRegistry target = await StartAsync();
        using (RegistryFiller filler = new(source.Host))
        {
            await filler.FillAsync(Large(), Cancellation);
        }

        await using Nginx nginx = await Nginx.StartAsync(
            RealPart.OrSkip("nginx"), target.Host, bodyLimit: "1m", cancellationToken: Cancellation);
        EngineRun pull = new(source.Host, folder.FullName);
        await pull.PullAsync();

        MirrorReport pushed = await new PushRun(nginx.Host, folder.FullName).PushAsync();

        Assert.Equal(await HeldAsync(target.Host, "mirror/"), Wanted(pushed));
        Assert.Contains(" 413 ", nginx.AccessLog, StringComparison.Ordinal);
        Assert.Contains("PATCH ", nginx.AccessLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_opens_the_registry_and_appears_nowhere_else()
    {
        string hash = OpenBsdBCrypt.Generate("2y", Canary.ToCharArray(), RandomNumberGenerator.GetBytes(16), 4);
        string passwords = $"pusher:{hash}";
        await using DockerRegistry target = await DockerRegistry.StartAsync(
            RealPart.OrSkip("docker-registry"), passwords, Cancellation);
        using BundleCopy bundle = new("0.33", "module-console");
        PushRun wrong = new(target.Host, bundle.Folder);
        wrong.Environment.Add("D8_MIRROR_REGISTRY_LOGIN", "pusher");
        wrong.Environment.Add("D8_MIRROR_REGISTRY_PASSWORD", Canary + "x");
        PushRun right = new(target.Host, bundle.Folder);
        right.Environment.Add("D8_MIRROR_REGISTRY_LOGIN", "pusher");
        right.Environment.Add("D8_MIRROR_REGISTRY_PASSWORD", Canary);

        MirrorException anonymous = await Assert.ThrowsAsync<MirrorException>(() =>
            new PushRun(target.Host, bundle.Folder).PushAsync());
        MirrorException refused = await Assert.ThrowsAsync<MirrorException>(() => wrong.PushAsync());
        MirrorReport report = await right.PushAsync();

        Assert.Equal(FaultCode.Unauthorized, Assert.Single(anonymous.Faults).Code);
        Assert.Equal(FaultCode.Unauthorized, Assert.Single(refused.Faults).Code);
        Assert.NotEmpty(report.Repositories);
        string text = string.Join('\n', [
            anonymous.ToString(), refused.ToString(), report.ToString(),
            .. wrong.Events.Concat(right.Events).Select(value => value.ToString())]);
        Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"pusher:{Canary}")), text,
            StringComparison.Ordinal);
    }

    private static Task<DockerRegistry> StartAsync() => DockerRegistry.StartAsync(
        RealPart.OrSkip("docker-registry"), cancellationToken: Cancellation);

    private static async Task FillAsync(string host)
    {
        using RegistryFiller filler = new(host);
        await filler.FillAsync(DeckhouseMini.Load(), Cancellation);
    }

    private static Mirror.TestKit.Content.ContentSet Large() => SeededSource.Create(new SeededSourceOptions
    {
        Seed = 11,
        TotalBytes = 150_000_000,
        References = 80,
        SharedShare = 0.5,
        Modules = 2,
    }).Content;

    private static (string Certificate, string Key) Pem(TestAuthority authority)
    {
        using ECDsa key = authority.Server.GetECDsaPrivateKey()!;
        return (authority.Server.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static ImmutableArray<string> Wanted(MirrorReport report) =>
    [
        .. report.Plan.Archives.SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Images)
            .Select(image => $"{image.Repository}:{image.Tag} {image.Digest}")
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>What the registry itself lists below a path, without the names for listing.</summary>
    private static async Task<ImmutableArray<string>> HeldAsync(string host, string path)
    {
        using RegistryReader reader = new(host);
        return
        [
            .. (await reader.ListAsync(Cancellation))
                .Where(image => image.Repository.StartsWith(path, StringComparison.Ordinal)
                    && image.Repository is not (
                        "mirror/ee/modules" or "mirror/ee/packages" or "mirror/deckhouse-cli/plugins"))
                .Select(image => $"{image.Repository}:{image.Tag} {image.Digest}").Order(StringComparer.Ordinal),
        ];
    }
}
