using Mirror.Engine.Tests.Registry;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class StoredCredentialPullTests
{
    private const string Canary = "canary-4d2e";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
    public async Task A_pull_with_a_helper_has_no_secret_in_a_command_line_and_gives_it_the_variables_of_the_run_only()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are listed by /proc.");
        await using TestRegistry registry = await StartAsync();
        CommandLines commands = new();
        registry.Faults.Add(request => request.IsBlob() && commands.Look(), new RegistryFault(), times: 1);
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder);
        run.Environment["PATH"] = $"{folder.FullName}:/usr/bin:/bin";
        run.Environment["D8_MIRROR_REGISTRY_PASSWORD"] = "canary-of-the-other-end";
        StoredCredentials.Write(
            folder.Combine("docker", "config.json"), $$"""{"credHelpers":{"{{registry.Host}}":"test"} }""");
        StoredCredentials.WriteHelper(folder.FullName, "test", $$"""
            for process in $$ $PPID
            do tr '\0' ' ' < /proc/$process/cmdline; echo
            done > '{{folder.Combine("commands")}}'
            tr '\0' '\n' < /proc/$$/environ > '{{folder.Combine("variables")}}'
            cat > /dev/null
            echo '{"ServerURL":"x","Username":"me","Secret":"{{Canary}}"}'
            """);

        Assert.NotEmpty((await run.PullAsync()).Files);

        string[] started = await File.ReadAllLinesAsync(folder.Combine("commands"), Token);
        Assert.EndsWith("docker-credential-test get ", started[0], StringComparison.Ordinal);
        Assert.Contains(started[1], commands.Seen);
        Assert.DoesNotContain(
            commands.Seen.Concat(started), line => line.Contains("canary", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(
            run.Environment.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal),
            (await File.ReadAllLinesAsync(folder.Combine("variables"), Token)).Order(StringComparer.Ordinal));
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
