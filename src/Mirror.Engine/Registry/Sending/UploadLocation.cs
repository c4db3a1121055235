using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Sending;

/// <summary>
/// Where an upload goes on (docs/behaviour/wire.md#upload-locations): what a registry said, resolved against who said
/// it. A registry could otherwise make this machine write to any host that it reaches, so only the registry itself and
/// <see cref="AllowedHosts"/> are written to.
/// </summary>
internal static class UploadLocation
{
    /// <summary>Reads a location; <see langword="null"/> when it is none, or leads to plain HTTP unasked.</summary>
    public static Uri? Resolve(string? location, Uri from, RegistryAccess access) =>
        LocationHeader.Resolve(location, from) is { } address
        && InRegistry(address, access) is var place
        && (place.Scheme == Uri.UriSchemeHttps || access.Insecure)
            ? place
            : null;

    /// <summary>Whether something may be written there.</summary>
    public static bool IsAllowed(Uri address, RegistryAccess access) =>
        AllowedHosts.IsSameOrigin(address, access.BaseAddress) || AllowedHosts.Include(address, access);

    /// <summary>The location with one more query parameter.</summary>
    public static Uri With(Uri location, string parameter)
    {
        string text = location.OriginalString;
        return LocationHeader.Exact(text + (text.Contains('?', StringComparison.Ordinal) ? '&' : '?') + parameter);
    }

    /// <summary>
    /// A registry behind a proxy may not know by which scheme and port it is reached: its own host without a port, or
    /// with the other scheme, is the registry.
    /// </summary>
    private static Uri InRegistry(Uri address, RegistryAccess access)
    {
        Uri registry = access.BaseAddress;
        bool isRegistry = string.Equals(address.Host, registry.Host, StringComparison.OrdinalIgnoreCase)
            && (address.IsDefaultPort || address.Port == registry.Port);
        bool isAsked = AllowedHosts.IsSameOrigin(address, registry)
            || (AllowedHosts.Include(address, access)
                && (address.Scheme == Uri.UriSchemeHttps || access.Insecure));
        return isRegistry && !isAsked
            ? LocationHeader.Exact(registry.GetLeftPart(UriPartial.Authority) + address.PathAndQuery)
            : address;
    }
}
