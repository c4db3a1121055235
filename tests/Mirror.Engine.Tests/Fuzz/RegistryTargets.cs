using System.Collections.Immutable;
using System.Net;
using Mirror.Engine.Errors;
using Mirror.Engine.Registry.Reading;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Registry.Writing;
using Mirror.Engine.Settings.Ends;
using static Mirror.Engine.Tests.Fuzz.Tolerated;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>Headers and bodies by which a registry steers us.</summary>
internal static class RegistryTargets
{
    private static readonly RegistryAccess Access = new("source", "registry.example", "deckhouse/ee");

    private static readonly Redactor Secrets = SecretsOf("c4nary/7+Echo");

    private static readonly Uri From = new("https://registry.example/v2/a/blobs/uploads/");

    private static readonly ImmutableArray<string> AddressWords =
    [
        "http://", "https://", "//", "///", "?", "#", "%", "%00", "%2e%2e", "..", "@", ":", "[", "]",
        "registry.example",
        ":99999", "xn--", "\u00e4", "\u3002", "::1", "file:",
    ];

    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("location", "UploadLocation.Resolve UploadLocation.With", ResolveLocation,
            [
                "/v2/a/blobs/uploads/1?_state=x%3D", "https://storage.example/up?a=b&c=d", "//host:5000/x", "up/2",
                "http://registry.example/v2/x",
            ],
            AddressWords),
        FuzzTarget.OfText("redirect", "Redirects.Follow LocationHeader.Resolve", FollowRedirect,
            ["https://s3.example/x?sig=1", "/other", "//h:1/x", "//[::1]:5000/"],
            AddressWords),
        FuzzTarget.OfText("link query", "LinkHeader.QueryOf", bytes => LinkHeader.QueryOf(Latin(bytes)),
            ["/v2/a/tags/list?last=b&n=10#x", "?last=%41", "https://[::1/?x"], ["?", "#", "%", " ", "\u00ff", "&"]),
        FuzzTarget.OfText("link", "LinkHeader.FindNext LinkHeader.IsUnreadable", bytes =>
            {
                LinkHeader.FindNext([Latin(bytes)]);
                LinkHeader.IsUnreadable([Latin(bytes), ""]);
            },
            [
                "</v2/a/tags/list?last=b&n=10>; rel=\"next\"",
                "<https://a/b>; rel=prev, <c>; title=\"a,b\"; rel=\"next first\"",
            ],
            ["<", ">", ";", "rel", "=", "\"", "next", ",", "\\", " "]),
        FuzzTarget.OfText("range", "UploadRange.Received", bytes => UploadRange.Received(Latin(bytes)),
            ["0-0", "0-1023", "bytes=0-9223372036854775806", "0-9223372036854775807"], ["-", "bytes=", "0", " ", "9"]),
        FuzzTarget.OfText("retry after", "RetryAfter.Read", ReadRetryAfter,
            ["0", "120", "99999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT"],
            ["-", "1", "9", "GMT", " ", ",", "Mon", "Jan"]),
        FuzzTarget.OfText("error body", "ErrorBody.Parse ErrorBody.Clean", bytes =>
            {
                ErrorBody said = ErrorBody.Parse(bytes, Secrets);
                _ = said.IsDenial;
                LogLine.Sanitize(said.Said);
            },
            [
                """{"errors":[{"code":"DENIED","message":"no","detail":{"a":[1,2,{}]}},{"code":7}]}""",
                "<html><body>502 Bad Gateway</body></html>", """{"errors":[]}""",
            ],
            ["{", "}", "[", "]", "\"errors\"", ":", ",", "null", "\u0000", "\u202e", "\\u0000", "\\ud800", "1e999"]),
        FuzzTarget.OfText("tags", "TagPages.ParseTags", bytes => TagPages.ParseTags(bytes),
            ["""{"name":"x","tags":["v1","v2"]}""", """{"tags":null}""", """{"tags":["\ud83d\ude00"]}"""],
            ["{", "}", "[", "]", "\"tags\"", "\"v1\"", ":", ",", "null", "\\ud800", "\u0000"]),
    ];

    private static void ResolveLocation(byte[] bytes)
    {
        if (UploadLocation.Resolve(Latin(bytes), From, Access) is { } location)
        {
            using HttpRequestMessage message = new(
                HttpMethod.Put, UploadLocation.With(location, "digest=sha256%3A0"));
            _ = location.Authority + location.GetLeftPart(UriPartial.Path);
        }
    }

    private static void FollowRedirect(byte[] bytes)
    {
        using HttpResponseMessage response = new(HttpStatusCode.TemporaryRedirect);
        response.Headers.TryAddWithoutValidation("Location", Latin(bytes));
        Faults(() => Redirects.Follow(response, From, 0, Access, RegistryRequest.ForTags("a", "a/tags/list")));
    }

    private static Redactor SecretsOf(string secret)
    {
        Redactor secrets = new();
        secrets.Add(secret);
        return secrets;
    }

    private static void ReadRetryAfter(byte[] bytes)
    {
        using HttpResponseMessage response = new(HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation("Retry-After", Latin(bytes));
        RetryAfter.Read(response, DateTimeOffset.UnixEpoch);
    }
}
