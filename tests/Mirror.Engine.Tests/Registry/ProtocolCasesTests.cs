using System.Text.Json;
using Mirror.Engine.Oci;
using Mirror.Engine.Registry.Login;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Tests.Cases;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

/// <summary>The cases of the area <c>wire</c> that one function answers.</summary>
public sealed class ProtocolCasesTests
{
    public static TheoryData<string> Locations => Ids("requestUrl");

    public static TheoryData<string> Sessions => CaseFile.Push.Ids(
        spec => spec.Id.StartsWith("wire-digest-append-", StringComparison.Ordinal));

    public static TheoryData<string> Challenges => CaseFile.Push.Ids(
        spec => spec.Id.StartsWith("wire-challenge-", StringComparison.Ordinal)
            && spec.Wanted.TryGetProperty("scheme", out _));

    public static TheoryData<string> Names => CaseFile.Push.Ids(spec => spec.Kind == "wire"
        && spec.Wanted.TryGetProperty("valid", out _));

    public static TheoryData<string> Lives => CaseFile.Push.Ids(spec => spec.Kind == "wire"
        && spec.Wanted.TryGetProperty("lifetimeSeconds", out _));

    public static TheoryData<string> Others =>
        ["wire-digest-unknown-alg", "wire-empty-config", "wire-content-type-parameters", "wire-put-manifest-status"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Locations))]
    public void A_location_leads_where_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        Uri from = new(SpecCase.Text(spec.Input, "requestUrl")!);
        Uri? next = UploadLocation.Resolve(
            SpecCase.Text(spec.Input, "location"), from, ScriptedRegistry.Access("reg.io"));

        Assert.Equal(SpecCase.Text(spec.Wanted, "next"), next?.OriginalString);
        if (SpecCase.Any(spec.Wanted, "authorizationSent") is { } sent)
        {
            Assert.Equal(sent, $"{AllowedHosts.IsSameOrigin(next!, from)}");
        }
    }

    [Theory]
    [MemberData(nameof(Sessions))]
    public void A_digest_is_appended_as_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        Uri location = new(SpecCase.Text(spec.Input, "location")!);
        string parameter = "digest=" + Uri.EscapeDataString(SpecCase.Text(spec.Input, "digest")!);
        CaseFile.Check(
            spec, SpecCase.Text(spec.Wanted, "next")!, UploadLocation.With(location, parameter).OriginalString);
    }

    [Theory]
    [MemberData(nameof(Challenges))]
    public void A_challenge_is_read_as_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        Challenge challenge = Assert.Single(ChallengeParser.Parse([SpecCase.Text(spec.Input, "header")!]));

        Assert.Equal(SpecCase.Text(spec.Wanted, "scheme"), challenge.Scheme, ignoreCase: true);
        Assert.Equal(SpecCase.Text(spec.Wanted, "realm") ?? challenge.Realm, challenge.Realm);
        Assert.Equal(SpecCase.Text(spec.Wanted, "service") ?? challenge.Service, challenge.Service);
        Assert.Equal(SpecCase.Text(spec.Wanted, "scope") ?? challenge.Scope, challenge.Scope);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_a_tag_and_a_digest_are_valid_when_the_case_says_so(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        bool isValid = SpecCase.Text(spec.Input, "digest") is { } digest ? Digest.TryParse(digest, out _)
            : SpecCase.Text(spec.Input, "tag") is { } tag ? RepositoryName.IsValidTag(tag)
            : RepositoryName.IsValid(SpecCase.Text(spec.Input, "name")!);
        CaseFile.Check(spec, SpecCase.Any(spec.Wanted, "valid")!, $"{isValid}");
    }

    [Theory]
    [MemberData(nameof(Lives))]
    public async Task A_token_lives_as_long_as_the_case_says(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        TimeSpan life = TimeSpan.FromSeconds(spec.Wanted.GetProperty("lifetimeSeconds").GetInt32());
        string body = spec.Input.GetProperty("body").GetRawText();
        using ScriptedRegistry registry = new(request => request switch
        {
            { Address.AbsolutePath: "/token" } => Answer.Status(200, body),
            { Authorization: null } => Answer.Challenge("Bearer realm=\"https://registry.example/token\""),
            _ => Answer.Tags(["a"]),
        });
        await registry.Client.FindTagsAsync("m", Token);

        // A token is renewed a little before its end.
        registry.Clock.Advance(life * 0.75);
        await registry.Client.FindTagsAsync("m", Token);
        Assert.Equal(1, Tokens(registry));
        registry.Clock.Advance(life * 0.25);
        await registry.Client.FindTagsAsync("m", Token);
        Assert.Equal(2, Tokens(registry));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task What_has_a_case_of_its_own_is_as_it_says(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        switch (id)
        {
            case "wire-digest-unknown-alg":
                // The grammar would let it pass; it cannot be verified, so a digest of it cannot exist.
                Assert.False(Digest.TryParse(SpecCase.Text(spec.Input, "digest")!, out _));
                break;
            case "wire-empty-config":
                Assert.Equal(SpecCase.Text(spec.Wanted, "digest"), $"{Digest.OfSha256("{}"u8)}");
                break;
            case "wire-content-type-parameters":
                Assert.Equal(
                    SpecCase.Text(spec.Wanted, "mediaType"),
                    MediaType.WithoutParameters(SpecCase.Text(spec.Input, "contentType")!));
                break;
            default:
                foreach (JsonElement status in spec.Wanted.GetProperty("accepted").EnumerateArray())
                {
                    using ScriptedRegistry registry = new(_ => Answer.Status(status.GetInt32()));
                    await registry.Client.WriteManifestAsync(
                        Repository, "v1", ManifestBytes, ManifestType, ManifestDigest, Token);
                    Assert.Single(registry.Seen);
                }

                break;
        }
    }

    private static int Tokens(ScriptedRegistry registry) =>
        registry.Seen.Count(request => request.Address.AbsolutePath == "/token");

    private static TheoryData<string> Ids(string input) => CaseFile.Push.Ids(
        spec => spec.Kind == "wire" && spec.Input.TryGetProperty(input, out _));
}
