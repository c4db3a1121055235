using Mirror.Engine.Events;
using Mirror.Engine.Registry.Credentials;
using Mirror.Engine.Tests.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class CredentialStoresTests : IDisposable
{
    private const string Host = ScriptedRegistry.Host;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Dockers_file_comes_before_Podmans()
    {
        WriteDocker("docker", StoredCredentials.File(Host, "docker", "p"));
        string podman = WritePodman("podman.json", StoredCredentials.File($"{Host}/deckhouse/ee", "podman", "p"));

        Assert.Equal("docker", await LoginAsync(
            ("DOCKER_CONFIG", _folder.Combine("docker")), ("REGISTRY_AUTH_FILE", podman)));
        Assert.Equal("podman", await LoginAsync(("REGISTRY_AUTH_FILE", podman)));
    }

    [Fact]
    public async Task Podmans_file_is_asked_when_Dockers_has_nothing_for_the_registry()
    {
        WriteDocker("docker", StoredCredentials.File("other.example", "docker", "p"));
        string podman = WritePodman("podman.json", StoredCredentials.File(Host, "podman", "p"));

        Assert.Equal("podman", await LoginAsync(
            ("DOCKER_CONFIG", _folder.Combine("docker")), ("REGISTRY_AUTH_FILE", podman)));
    }

    [Fact]
    public async Task The_variables_replace_the_usual_places()
    {
        WriteDocker(Path.Combine("home", ".docker"), StoredCredentials.File(Host, "home", "p"));
        WriteDocker("other", StoredCredentials.File(Host, "other", "p"));
        WritePodman(Path.Combine("run", "containers", "auth.json"), StoredCredentials.File(Host, "run", "p"));
        string named = WritePodman("named.json", StoredCredentials.File(Host, "named", "p"));
        (string, string) home = (OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", _folder.Combine("home"));
        (string, string) run = ("XDG_RUNTIME_DIR", _folder.Combine("run"));

        Assert.Equal("home", await LoginAsync(home, run));
        Assert.Equal("other", await LoginAsync(home, ("DOCKER_CONFIG", _folder.Combine("other"))));
        Assert.Equal("run", await LoginAsync(run));
        Assert.Equal("run", await LoginAsync(home, run, ("DOCKER_CONFIG", _folder.Combine("nowhere"))));
        Assert.Equal("named", await LoginAsync(run, ("REGISTRY_AUTH_FILE", named)));
        Assert.Null(await LoginAsync());
    }

    [Theory]
    [InlineData("REGISTRY_AUTH_FILE")]
    [InlineData("DOCKER_CONFIG")]
    public async Task A_pipe_is_refused_at_once_and_never_an_empty_file(string variable)
    {
        string pipe = NamedPipe.Make(_folder.Combine("config.json"));
        string value = variable == "DOCKER_CONFIG" ? _folder.FullName : pipe;

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => LoginAsync((variable, value)));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.CredentialFileUnusable, fault.Code);
        Assert.Contains("pipe", fault.Message, StringComparison.Ordinal);
        Assert.Contains(variable, fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_without_end_is_no_empty_file_either()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such devices.");

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => LoginAsync(("REGISTRY_AUTH_FILE", "/dev/zero")));

        Assert.Equal(FaultCode.CredentialFileUnusable, Assert.Single(failure.Faults).Code);
        Assert.Null(await LoginAsync(("REGISTRY_AUTH_FILE", "/dev/null")));
    }

    [Fact]
    public async Task The_registrys_own_helper_comes_first_then_the_one_for_all_then_the_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The helpers are shell scripts.");
        string bin = _folder.Combine("bin");
        StoredCredentials.WriteHelper(bin, "own", Script("own"));
        StoredCredentials.WriteHelper(bin, "all", Script("all"));
        StoredCredentials.WriteHelper(bin, "none", "echo credentials not found in native keychain; exit 1");
        string auths = $$""" "auths":{"{{Host}}":{"auth":"{{StoredCredentials.Auth("file", "p")}}"} } """;

        Assert.Equal("own", await WithAsync($$"""{"credHelpers":{"{{Host}}":"own"},"credsStore":"all",{{auths}} }"""));
        Assert.Equal("all", await WithAsync($$"""{"credHelpers":{"{{Host}}":"none"},"credsStore":"all",{{auths}} }"""));
        Assert.Equal("all", await WithAsync($$"""{"credHelpers":{"x.example":"own"},"credsStore":"all",{{auths}} }"""));
        Assert.Equal("file", await WithAsync($$"""{"credsStore":"none",{{auths}} }"""));

        Task<string?> WithAsync(string content)
        {
            WriteDocker("docker", content);
            return LoginAsync(("DOCKER_CONFIG", _folder.Combine("docker")), ("PATH", $"{bin}:/usr/bin:/bin"));
        }
    }

    [Fact]
    public async Task A_helper_is_run_once_however_many_repositories_ask()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The helper is a shell script.");
        string bin = _folder.Combine("bin");
        StoredCredentials.WriteHelper(bin, "all", $"echo run >> '{_folder.Combine("runs")}'\n{Script("all")}");
        WriteDocker("docker", """{"credsStore":"all"}""");
        CredentialStores stores = StoredCredentials.Of(
            EventSink.None, ("DOCKER_CONFIG", _folder.Combine("docker")), ("PATH", $"{bin}:/usr/bin:/bin"));

        RegistryLogin?[] logins = await Task.WhenAll(Enumerable.Range(0, 5).Select(
            number => stores.FindAsync(ScriptedRegistry.Access(), $"deckhouse/{number}", Token)));

        Assert.NotNull(Assert.Single(logins.Distinct()));
        Assert.Single(await File.ReadAllLinesAsync(_folder.Combine("runs"), Token));
    }

    [Theory]
    [InlineData("DOCKER_CONFIG", "relative/folder")]
    [InlineData("REGISTRY_AUTH_FILE", "auth.json")]
    [InlineData("REGISTRY_AUTH_FILE", "/nowhere/at/all/auth.json")]
    public async Task A_variable_that_names_no_usable_file_is_a_fault_that_names_the_variable(string name, string value)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => LoginAsync((name, value)));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.CredentialFileUnusable, fault.Code);
        Assert.Contains(name, fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_beyond_all_measure_is_not_read()
    {
        WriteDocker("docker", new string(' ', 1024 * 1024) + "{}");

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => LoginAsync(("DOCKER_CONFIG", _folder.Combine("docker"))));

        Assert.Contains("larger than 1048576 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_file_of_Podman_does_no_harm_where_Docker_has_the_login()
    {
        WriteDocker("docker", StoredCredentials.File(Host, "docker", "p"));
        string podman = WritePodman("podman.json", "no json");

        Assert.Equal("docker", await LoginAsync(
            ("DOCKER_CONFIG", _folder.Combine("docker")), ("REGISTRY_AUTH_FILE", podman)));
    }

    private static string Script(string login) => $$"""echo '{"ServerURL":"x","Username":"{{login}}","Secret":"p"}'""";

    private static async Task<string?> LoginAsync(params (string Name, string Value)[] variables) =>
        (await StoredCredentials.Of(EventSink.None, variables)
            .FindAsync(ScriptedRegistry.Access(), "deckhouse/ee", Token))?.Basic!.Login;

    private void WriteDocker(string folder, string content) =>
        StoredCredentials.Write(_folder.Combine(folder, "config.json"), content);

    private string WritePodman(string name, string content) =>
        StoredCredentials.Write(_folder.Combine(name), content);
}
