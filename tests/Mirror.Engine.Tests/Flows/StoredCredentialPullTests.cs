using Mirror.Engine.Tests.Registry;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class StoredCredentialPullTests
{
    private const string Canary = "canary-4d2e";

    [Fact]
    public async Task A_pull_logs_in_with_what_Dockers_file_says_and_never_shows_the_secret()
    {
        await using TestRegistry registry = await StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder);
        StoredCredentials.Write(
            folder.Combine("docker", "config.json"), StoredCredentials.File(registry.Host, "me", Canary));

        MirrorReport report = await run.PullAsync();

        Assert.NotEmpty(report.Files);
        Assert.Contains(run.Events, seen => seen.Message.Contains(
            "used is the login in Docker's file", StringComparison.Ordinal));
        string everything = string.Join('\n', run.Events) + report;
        Assert.DoesNotContain(Canary, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(StoredCredentials.Auth("me", Canary), everything, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(folder.Combine("bundle"), "*.json"),
            file => Assert.DoesNotContain(Canary, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_helper_that_is_missing_ends_the_pull_instead_of_going_on_anonymously()
    {
        await using TestRegistry registry = await StartAsync();
        using TemporaryFolder folder = new();
        StoredCredentials.Write(folder.Combine("docker", "config.json"), """{"credsStore":"nowhere"}""");

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => Run(registry, folder).PullAsync());

        Assert.Equal(FaultCode.CredentialHelperMissing, Assert.Single(failure.Faults).Code);
    }

    private static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = DeckhouseMini.Load(), Credential = new TestCredential("me", Canary) },
        TestContext.Current.CancellationToken);

    private static EngineRun Run(TestRegistry registry, TemporaryFolder folder)
    {
        EngineRun run = EngineRun.Of(registry, folder.Combine("bundle"));
        run.Settings = run.Settings with { Components = MirrorComponents.SecurityDb };
        run.Environment["DOCKER_CONFIG"] = folder.Combine("docker");
        return run;
    }
}
