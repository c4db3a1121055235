using System.Text;
using Mirror.Engine.Registry.Credentials;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class CredentialFileTests
{
    private const string Host = "registry.example";
    private const string Canary = "canary-7c1e";

    private static readonly CredentialPlace Docker = new("docker", "/home/u/.docker/config.json", "HOME");

    [Theory]
    [InlineData("registry.example", "registry.example")]
    [InlineData("registry.example", "https://registry.example")]
    [InlineData("registry.example", "https://Registry.example/v1/")]
    [InlineData("registry.example", "https://registry.example/v2/")]
    [InlineData("registry.example", "http://registry.example/v2")]
    [InlineData("registry.example", "registry.example:443")]
    [InlineData("registry.example:5000", "registry.example:5000")]
    [InlineData("registry.example:5000", "https://registry.example:5000/v2/")]
    [InlineData("docker.io", "https://index.docker.io/v1/")]
    [InlineData("registry-1.docker.io", "https://index.docker.io/v1/")]
    [InlineData("index.docker.io", "docker.io")]
    [InlineData("registry.example", "registry.example/deckhouse")]
    [InlineData("registry.example", "registry.example/deckhouse/ee/install")]
    [InlineData("registry.example", "https://registry.example/deckhouse/ee")]
    public void Every_spelling_of_a_registry_is_found(string host, string key) =>
        Assert.Equal(new Credential("me", Canary), Find(StoredCredentials.File(key, "me", Canary), host)!.Basic);

    [Theory]
    [InlineData("registry.example:5000", "registry.example")]
    [InlineData("registry.example", "registry.example:5000")]
    [InlineData("registry.example", "registry.example:80")]
    [InlineData("registry.example", "example")]
    [InlineData("registry.example", "registry.example.evil.test")]
    [InlineData("registry.example", "registry.example/deckhouse/e")]
    [InlineData("registry.example", "registry.example/deckhouse/ee/install/more")]
    [InlineData("registry.example", "registry.example/v2")]
    [InlineData("registry.example", "https://index.docker.io/v1/")]
    public void Another_registry_or_repository_gets_nothing(string host, string key) =>
        Assert.Null(Find(StoredCredentials.File(key, "me", Canary), host));

    [Fact]
    public void The_longest_key_wins_wherever_it_stands()
    {
        string[] keys =
        [
            Host, "https://registry.example/v2/", $"{Host}/deckhouse", $"{Host}/deckhouse/ee/install",
            $"{Host}/deckhouse/ee", $"{Host}/other",
        ];
        string all = string.Join(',', keys.Select(
            key => $$""" "{{key}}":{"auth":"{{StoredCredentials.Auth(key.Split("//")[^1], "p")}}"}"""));
        CredentialFile file = Parse($$"""{"auths":{ {{all}} } }""");

        Assert.Equal($"{Host}/deckhouse/ee/install", LoginFor("deckhouse/ee/install"));
        Assert.Equal($"{Host}/deckhouse/ee", LoginFor("deckhouse/ee/modules/x"));
        Assert.Equal($"{Host}/deckhouse", LoginFor("deckhouse/eex"));
        Assert.Equal(Host, LoginFor("somewhere/else"));

        string LoginFor(string repository) =>
            file.Find(ScriptedRegistry.Access(Host), repository)!.Basic!.Login;
    }

    [Theory]
    [InlineData("""{"auth":"bWU6Y2FuYXJ5LTdjMWU="}""")]
    [InlineData("""{"auth":"bWU6Y2FuYXJ5LTdjMWUAAA=="}""")]
    [InlineData("""{"username":"me","password":"canary-7c1e"}""")]
    [InlineData("""{"auth":"bWU6Y2FuYXJ5LTdjMWU=","username":"x","password":"y","email":"e"}""")]
    public void A_login_is_read_from_auth_or_from_name_and_password(string entry)
    {
        RegistryLogin login = Find(StoredCredentials.File(Host, entry))!;

        Assert.Equal(new Credential("me", Canary), login.Basic);
        Assert.Null(login.Identity);
        Assert.Equal("the login in Docker's file '/home/u/.docker/config.json'", login.Origin);
    }

    [Fact]
    public void A_password_may_hold_colons_and_more_than_ASCII() => Assert.Equal(
        new Credential("robot$x", "a:b:пароль"), Find(StoredCredentials.File(Host, "robot$x", "a:b:пароль"))!.Basic);

    [Fact]
    public void Tokens_win_over_logins()
    {
        RegistryLogin identity = Find(StoredCredentials.File(
            Host, $$"""{"auth":"{{StoredCredentials.Auth("me", "")}}","identitytoken":"{{Canary}}"}"""))!;
        RegistryLogin registry = Find(StoredCredentials.File(
            Host, $$"""{"identitytoken":"x","auth":"bWU6eA==","registrytoken":"{{Canary}}"}"""))!;

        Assert.Equal((Canary, "me"), (identity.Identity!.Text, identity.Identity.Login));
        Assert.Null(identity.Basic);
        Assert.StartsWith("the identity token in", identity.Origin, StringComparison.Ordinal);
        Assert.Equal(Canary, registry.RegistryToken);
        Assert.StartsWith("the registry token in", registry.Origin, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("{}")]
    [InlineData("\uFEFF{}")]
    [InlineData("""{"auths":null,"credHelpers":null,"credsStore":null,"HttpHeaders":{"a":"b"}}""")]
    [InlineData("""{"auths":{"registry.example":{}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":"","username":""}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":null,"identitytoken":null}}}""")]
    [InlineData("""{"auths":{"other.example":{"auth":"no base64"}}}""")]
    public void A_file_without_a_login_for_this_registry_has_none(string content) => Assert.Null(Find(content));

    [Theory]
    [InlineData("canary-7c1e")]
    [InlineData("""{"auths":{"registry.example":{"auth":"canary-7c1e"}}""")]
    [InlineData("""["canary-7c1e"]""")]
    [InlineData("""{"auths":["canary-7c1e"]}""")]
    [InlineData("""{"auths":{"registry.example":"canary-7c1e"}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":"canary-7c1e"}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":"Y2FuYXJ5LTdjMWU="}}}""")]
    [InlineData("""{"auths":{"registry.example":{"username":"a:b","password":"canary-7c1e"}}}""")]
    [InlineData("""{"auths":{"registry.example":{"registrytoken":"canary-7c1e\n"}}}""")]
    [InlineData("""{"auths":{"registry.example":{"username":"\ud800","password":"canary-7c1e"}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":5}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":["canary-7c1e"]}}}""")]
    [InlineData("""{"auths":{"registry.example":{"username":"me","password":5}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":"bWU6eA==","identitytoken":{"canary-7c1e":1}}}}""")]
    [InlineData("""{"auths":{"registry.example":{"registrytoken":true,"auth":"bWU6Y2FuYXJ5LTdjMWU="}}}""")]
    [InlineData("""{"credHelpers":"canary-7c1e"}""")]
    [InlineData("""{"credHelpers":{"registry.example":["canary-7c1e"]}}""")]
    [InlineData("""{"credsStore":{"canary-7c1e":1}}""")]
    public void A_file_that_is_not_of_the_form_is_named_and_not_quoted(string content)
    {
        MirrorException failure = Assert.Throws<MirrorException>(() => Find(content));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.CredentialFileUnusable, fault.Code);
        Assert.Contains(Docker.Path, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Y2FuYXJ5LTdjMWU", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Helpers_are_named_per_registry_and_in_Dockers_file_for_all()
    {
        const string Content = """
            {"credsStore":"all","credHelpers":{"registry.example":"own","https://index.docker.io/v1/":"hub"}}
            """;
        CredentialFile docker = Parse(Content);
        CredentialFile podman = CredentialFile.Parse(
            Encoding.UTF8.GetBytes(Content), new CredentialPlace("podman", "/a", "REGISTRY_AUTH_FILE"));

        Assert.Equal("own", docker.HelperOf(ScriptedRegistry.Access(Host)));
        Assert.Equal("hub", docker.HelperOf(ScriptedRegistry.Access("docker.io")));
        Assert.Null(docker.HelperOf(ScriptedRegistry.Access("other.example")));
        Assert.Equal("all", docker.Store);
        Assert.Equal("own", podman.HelperOf(ScriptedRegistry.Access(Host)));
        Assert.Null(podman.Store);
    }

    private static RegistryLogin? Find(string content, string host = Host) =>
        Parse(content).Find(ScriptedRegistry.Access(host), "deckhouse/ee/install");

    private static CredentialFile Parse(string content) =>
        CredentialFile.Parse(Encoding.UTF8.GetBytes(content), Docker);
}
