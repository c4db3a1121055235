using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>
/// Where an upload goes on (spec/bundle-and-push.md 4.6): what a registry said, byte for byte, since it carries state;
/// resolved against who said it.
/// </summary>
internal static class UploadLocation
{
    private static readonly UriCreationOptions Unchanged = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    /// <summary>Reads a location; <see langword="null"/> when it is none, or leads to plain HTTP unasked.</summary>
    public static Uri? Resolve(string? location, Uri from, RegistryAccess access)
    {
        // White space within would move to a place where it changes what the address means.
        location = location?.Trim();
        if (string.IsNullOrEmpty(location) || location.Any(char.IsWhiteSpace) || location.Any(char.IsControl))
        {
            return null;
        }

        string origin = from.GetLeftPart(UriPartial.Authority);
        string text = location.StartsWith("//", StringComparison.Ordinal) ? $"{from.Scheme}:{location}"
            : location[0] is '/' ? origin + location
            : location.Contains("://", StringComparison.Ordinal) ? location
            : $"{origin}{from.AbsolutePath[..(from.AbsolutePath.LastIndexOf('/') + 1)]}{location}";

        // A registry behind a proxy that ends TLS may not know that it is reached by HTTPS.
        Uri registry = access.BaseAddress;
        string plain = $"http://{access.Host}/";
        if (registry.Scheme == Uri.UriSchemeHttps && text.StartsWith(plain, StringComparison.OrdinalIgnoreCase))
        {
            text = $"https://{access.Host}/{text[plain.Length..]}";
        }

        return Uri.TryCreate(text, Unchanged, out Uri? uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && access.Insecure))
                ? uri
                : null;
    }

    /// <summary>The location with one more query parameter.</summary>
    public static Uri With(Uri location, string parameter)
    {
        string text = location.OriginalString;
        return new Uri(text + (text.Contains('?', StringComparison.Ordinal) ? '&' : '?') + parameter, Unchanged);
    }
}
