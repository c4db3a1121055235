using System.Text;
using Mirror.TestKit.Files;
using Mirror.TestKit.Raw;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Servers that repeat the password that they were sent, wherever an answer has room for it.</summary>
public sealed class EchoedSecretTests : IDisposable
{
    private const string Login = "reader";
    private const string Password = "c4nary/7+Echo";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Places =>
    [
        "message", "code", "plain", "json", "escaped", "url", "header", "realm", "location", "link", "digest", "tag",
        "content-type", "status",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_password_that_a_server_repeats_is_nowhere(string place)
    {
        await using RawServer server = new(request => new RawAnswer(RawSteps.Text(Answer(request, place))));
        EngineRun run = new(server.Host, _folder.Combine("bundle"));
        string summary = _folder.Combine("summary.md");
        run.Environment["D8_MIRROR_SOURCE_LOGIN"] = Login;
        run.Environment["D8_MIRROR_SOURCE_PASSWORD"] = Password;
        run.Environment["GITHUB_STEP_SUMMARY"] = summary;
        run.Settings = run.Settings with { ReportFile = _folder.Combine("report.json") };

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => run.HostAsync());

        Assert.Contains(server.Requests, request => request.Header("Authorization") == $"Basic {Encoded}");
        AssertClean(failure.ToString());
        Assert.All(run.Events, value => AssertClean(value.ToString()));
        Assert.NotEmpty(await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken));
        foreach (string file in Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories))
        {
            AssertClean(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
    }

    private static string Encoded => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Login}:{Password}"));

    private static void AssertClean(string text)
    {
        foreach (string form in (string[])[Password, Uri.EscapeDataString(Password), Encoded, "c4nary", Encoded[4..20]])
        {
            Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string Answer(RawRequest request, string place)
    {
        if (request.Header("Authorization") is not { } sent)
        {
            return Http(401, "", "WWW-Authenticate: Basic realm=\"r\"");
        }

        string password = Encoding.UTF8.GetString(Convert.FromBase64String(sent[6..])).Split(':', 2)[1];
        string escaped = Uri.EscapeDataString(password);
        return place switch
        {
            "message" => Http(403, Error("DENIED", $"{new string('x', 280)} {password} and {sent}")),
            "code" => Http(403, Error(password, "no")),
            "plain" => Http(403, $"<p>Hello {password}, {sent}</p>"),
            "json" => Http(403, $$"""{"password":"{{password}}","header":"{{sent}}"}"""),
            "escaped" => Http(403, Error("DENIED", password.Replace("/", "\\u002f", StringComparison.Ordinal))),
            "url" => Http(403, Error("DENIED", $"see http://help/?password={escaped}")),
            "header" => Http(404, Error(password, sent), $"X-Debug: {sent}"),
            "realm" => Http(401, "", $"WWW-Authenticate: Bearer realm=\"http://{escaped}@other/{escaped}\""),
            "location" => Http(307, "", $"Location: http://{escaped}@127.0.0.1:9/{escaped}?a={escaped}"),
            "link" => Http(200, Tags("a"), $"Link: <{password}>; rel=\"next"),
            "digest" => Http(200, Tags(password), $"Docker-Content-Digest: {password}"),
            "tag" => Http(200, Tags(password)),
            "content-type" => Http(200, "{}", $"Content-Type: text/{password}"),
            _ => Http(418, Error("UNKNOWN", sent)),
        };
    }

    private static string Error(string code, string message) =>
        $$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}""";

    private static string Tags(string tag) => $$"""{"name":"x","tags":["{{tag}}"]}""";

    private static string Http(int status, string body, params string[] headers) => string.Concat(
        $"HTTP/1.1 {status} X\r\n",
        string.Concat(headers.Select(header => $"{header}\r\n")),
        $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
