using Cake.Core;
using Mirror.Engine;
using Mirror.Engine.Tests.Registry;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class ClientCertificateTests
{
    [Fact]
    public async Task A_script_names_a_certificate_in_its_settings_and_the_password_in_a_variable()
    {
        using TemporaryFolder folder = new();
        using TestAuthority authority = new();
        using ClientFiles files = new(folder, authority);
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions
            {
                Content = DeckhouseMini.Load(),
                Certificate = authority.Server,
                ClientCertificates = new ClientCertificateOptions(authority.Root),
            },
            TestContext.Current.CancellationToken);
        files.Write("client.pem", files.ChainPem);
        ScriptContext context = new();
        context.Machine.WorkingDirectory = folder.FullName;
        D8MirrorPullSettings settings = new()
        {
            Source = $"{registry.Host}/deckhouse/ee",
            BundleDirectory = folder.Combine("bundle"),
            CaFile = files.Write("ca.pem", authority.RootPem),
            Components = MirrorComponents.Platform,
        };

        CakeException without = Assert.Throws<CakeException>(() => context.D8MirrorPlan(settings));
        settings.ClientCertificateFile = "client.pem";
        settings.ClientKeyFile = files.Write("client.key", files.EncryptedKeyPem);
        CakeException locked = Assert.Throws<CakeException>(() => context.D8MirrorPlan(settings));
        context.Machine.Variables["D8_MIRROR_SOURCE_CLIENT_KEY_PASSWORD"] = ClientFiles.Password;
        MirrorPlan plan = context.D8MirrorPlan(settings);

        Assert.Contains("D8M2035", without.Message, StringComparison.Ordinal);
        Assert.Contains("D8M1024", locked.Message, StringComparison.Ordinal);
        Assert.NotEqual(0, plan.ImageCount);
        Assert.DoesNotContain(ClientFiles.Password, $"{locked} {string.Join('\n', context.Recorded.Lines)}");
    }
}
