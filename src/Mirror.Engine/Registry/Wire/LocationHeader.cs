using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// Reads the address in a <c>Location</c> header and keeps it byte for byte: it may carry a signature or the state of
/// an upload. <see cref="Uri"/> would rewrite <c>%7E</c> and <c>%41</c>, and so would the typed headers.
/// </summary>
internal static partial class LocationHeader
{
    /// <summary>Longer than any signed address; <see cref="Uri"/> still takes it with something appended.</summary>
    private const int MaxLength = 32 * 1024;

    private static readonly UriCreationOptions Unchanged = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    /// <summary>The header as it came; <see langword="null"/> when there is none.</summary>
    public static string? Get(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Location", out HeaderStringValues values)
            ? values.FirstOrDefault()
            : null;

    /// <summary>An address that is requested as it is written here.</summary>
    public static Uri Exact(string address) => new(address, Unchanged);

    /// <summary>Resolves a location against the address that answered with it.</summary>
    /// <returns>The address; <see langword="null"/> when the location is not an HTTP or HTTPS address, cannot be
    /// sent without being changed, or carries a login.</returns>
    public static Uri? Resolve(string? location, Uri from)
    {
        string text = WithoutFragment(location?.Trim() ?? "");
        if (text.Length is 0 or > MaxLength || text.Any(IsUnusable))
        {
            return null;
        }

        string absolute = SchemePattern().IsMatch(text) ? text
            : text.StartsWith("//", StringComparison.Ordinal) ? $"{from.Scheme}:{text}"
            : from.GetLeftPart(UriPartial.Authority) + PathBelow(from.AbsolutePath, text);
        int host = absolute.IndexOf("://", StringComparison.Ordinal) + 3;
        int end = host < 3 ? -1 : absolute.AsSpan(host).IndexOfAny('/', '?');
        (string authority, string rest) = end < 0
            ? (absolute, "")
            : (absolute[..(host + end)], absolute[(host + end)..]);
        return authority.All(char.IsAscii) && !authority.Contains('@', StringComparison.Ordinal)
            && Uri.TryCreate(
                $"{authority}{(rest.StartsWith('/') ? "" : "/")}{Escape(rest)}", Unchanged, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
                ? address
                : null;
    }

    /// <summary>A location for messages: without its query, where signatures and state travel.</summary>
    public static string ForMessage(string? location) =>
        location is null ? "no address" : $"'{ErrorBody.Clean(location.Split('?', '#')[0])}'";

    /// <summary>Percent-encodes what no request line can carry, and nothing else.</summary>
    public static string Escape(string text) => text.All(char.IsAscii)
        ? text
        : string.Concat(text.EnumerateRunes().Select(
            rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    // White space moves or splits the request line, and servers do not agree on what a backslash means.
    private static bool IsUnusable(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || character == '\\';

    private static string WithoutFragment(string text) =>
        text.IndexOf('#', StringComparison.Ordinal) is var fragment and >= 0 ? text[..fragment] : text;

    /// <summary>Merges a relative path with the path it is relative to (RFC 3986, section 5.3).</summary>
    private static string PathBelow(string path, string relative)
    {
        if (relative[0] is '/' or '?')
        {
            return relative[0] == '/' ? relative : path + relative;
        }

        string folder = path[..(path.LastIndexOf('/') + 1)];
        while (true)
        {
            if (relative.StartsWith("./", StringComparison.Ordinal))
            {
                relative = relative[2..];
            }
            else if (relative.StartsWith("../", StringComparison.Ordinal))
            {
                relative = relative[3..];
                folder = folder.Length > 1 ? folder[..(folder.LastIndexOf('/', folder.Length - 2) + 1)] : folder;
            }
            else
            {
                return (folder.Length == 0 ? "/" : folder) + relative;
            }
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex SchemePattern();
}
