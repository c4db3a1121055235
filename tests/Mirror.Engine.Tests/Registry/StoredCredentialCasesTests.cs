using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Settings;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>The cases of logins out of credential files.</summary>
public sealed class StoredCredentialCasesTests : IDisposable
{
    private const string Canary = "canary-77ab";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Logins => ["auth-5", "cred-docker-config-ignored"];

    public static TheoryData<string> Identities => ["wire-token-refresh-post-405"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Logins))]
    public async Task Where_nothing_gives_a_login_the_entry_of_the_host_is_used(string id)
    {
        SpecCase spec = CaseFile.Find(id);
        string wanted = SpecCase.Any(spec.Wanted, "credential_store") ?? SpecCase.Text(spec.Wanted, "authorization")!;
        Assert.True(wanted is "True" or "entry of the Docker config is used", wanted);
        RegistryAccess access = id == "auth-5" ? Source() : Target();
        using ScriptedRegistry registry = new(
            request => request.Authorization is null ? Answer.Challenge("Basic realm=x") : Answer.Tags(["a"]),
            access with { Timeout = null },
            ("DOCKER_CONFIG", Config(StoredCredentials.File(ScriptedRegistry.Host, "me", Canary))));

        await registry.Client.FindTagsAsync("m", TestContext.Current.CancellationToken);

        Assert.Null(access.Credential);
        Assert.Equal("Basic " + StoredCredentials.Auth("me", Canary), registry.Seen[^1].Authorization);
    }

    [Theory]
    [MemberData(nameof(Identities))]
    public async Task A_token_service_without_POST_is_asked_by_GET_with_the_user_that_is_known(string id)
    {
        Assert.Equal("GET with Basic when a user is known", SpecCase.Text(CaseFile.Push[id].Wanted, "fallback"));
        string entry = $$"""{"auth":"{{StoredCredentials.Auth("me", Canary)}}","identitytoken":"R"}""";
        using ScriptedRegistry registry = new(
            request => request.Address.AbsolutePath != "/token"
                ? request.Authorization is null
                    ? Answer.Challenge("Bearer realm=\"https://registry.example/token\",service=\"s\"")
                    : Answer.Tags(["a"])
                : request.Method == "POST" ? Answer.Status(405) : Answer.Status(200, """{"token":"t"}"""),
            variables: ("DOCKER_CONFIG", Config(StoredCredentials.File(ScriptedRegistry.Host, entry))));

        await registry.Client.FindTagsAsync("m", TestContext.Current.CancellationToken);

        Assert.Equal(["GET", "POST", "GET", "GET"], registry.Seen.Select(request => request.Method));
        Assert.Equal("Basic " + StoredCredentials.Auth("me", Canary), registry.Seen[2].Authorization);
        Assert.Equal("Bearer t", registry.Seen[3].Authorization);
    }

    private static RegistryAccess Source() => SettingsTexts.Check(
        SettingsTexts.Valid with { Source = new RegistryEndpoint($"{ScriptedRegistry.Host}/x") },
        ("D8_MIRROR_SOURCE_LOGIN", ""),
        ("D8_MIRROR_SOURCE_PASSWORD", ""),
        ("D8_MIRROR_LICENSE_TOKEN", "")).Source;

    private static RegistryAccess Target() => SettingsCheck.Check(
        new MirrorPushSettings { BundleDirectory = SettingsTexts.Folder, Target = $"{ScriptedRegistry.Host}/x" },
        SettingsTexts.NoVariables).Target;

    private string Config(string content)
    {
        StoredCredentials.Write(_folder.Combine("config.json"), content);
        return _folder.FullName;
    }
}
