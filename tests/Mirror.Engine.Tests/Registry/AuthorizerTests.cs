using System.Text;
using Mirror.Engine.Settings.Ends;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class AuthorizerTests
{
    private const string Secret = "lic-0123-GEHEIM";

    private static readonly RegistryAccess Licensed = ScriptedRegistry.Access() with
    {
        Credential = new Credential(Credential.LicenseLogin, Secret),
        CredentialOrigin = "the licence in D8_MIRROR_LICENSE_TOKEN",
        CredentialAdvice = "Check D8_MIRROR_LICENSE_TOKEN.",
    };

    private static readonly string BasicValue =
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"license-token:{Secret}"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_anonymous_registry_gets_no_login()
    {
        using ScriptedRegistry registry = new(_ => Answer.Tags([]));

        await registry.Client.FindTagsAsync("m", Token);

        Assert.Null(Assert.Single(registry.Seen).Authorization);
    }

    [Fact]
    public async Task A_licence_is_a_Basic_login_that_is_sent_once_asked_for_and_remembered()
    {
        using ScriptedRegistry registry = new(
            request => request.Authorization is null ? Answer.Challenge("Basic realm=\"x\"") : Answer.Tags([]),
            Licensed);

        await registry.Client.FindTagsAsync("m", Token);
        await registry.Client.FindTagsAsync("n", Token);

        Assert.Equal([null, BasicValue, BasicValue], registry.Seen.Select(request => request.Authorization));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_registry_that_hides_instead_of_asking_gets_the_login_too(int status)
    {
        using ScriptedRegistry registry = new(
            request => request.Authorization is null ? Answer.Status(status) : Answer.Tags(["a"]), Licensed);

        Assert.Equal(["a"], await registry.Client.FindTagsAsync("m", Token) ?? []);
        Assert.Equal([null, BasicValue], registry.Seen.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_refused_licence_names_its_variable_and_never_its_value()
    {
        using ScriptedRegistry registry = new(
            _ => Answer.Status(401, "go away", ("WWW-Authenticate", "Basic realm=x")),
            Licensed);

        Fault fault = await registry.FaultOfAsync(registry.Client.FindManifestAsync(Repository, "v1", Token));

        Assert.Equal(FaultCode.Unauthorized, fault.Code);
        Assert.Contains("the licence in D8_MIRROR_LICENSE_TOKEN", fault.Message, StringComparison.Ordinal);
        Assert.Equal("Check D8_MIRROR_LICENSE_TOKEN.", fault.Advice);
        Assert.Equal(2, registry.Seen.Count);
        string everything = fault + string.Join('\n', registry.Events.Select(seen => seen.Message));
        Assert.DoesNotContain(Secret, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(BasicValue["Basic ".Length..], everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Negotiate")]
    [InlineData("Digest realm=x, nonce=y")]
    [InlineData("Bearer service=without-realm")]
    [InlineData("")]
    public async Task A_challenge_that_cannot_be_met_is_a_401(string challenge)
    {
        using ScriptedRegistry registry = new(_ => Answer.Challenge(challenge), Licensed);

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.Unauthorized, fault.Code);
        Assert.Null(Assert.Single(registry.Seen).Authorization);
    }

    [Fact]
    public async Task Without_a_credential_a_Basic_challenge_says_that_none_was_used()
    {
        using ScriptedRegistry registry = new(_ => Answer.Challenge("Basic realm=x"));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Contains("no credential (anonymous)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("D8_MIRROR_LICENSE_TOKEN", fault.Advice, StringComparison.Ordinal);
        Assert.Single(registry.Seen);
    }
}
