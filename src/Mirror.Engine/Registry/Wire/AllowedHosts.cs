using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

/// <summary>The hosts besides the registry's own that the user lets a registry name (<c>AllowedRealms</c>).</summary>
internal static class AllowedHosts
{
    /// <summary>
    /// Whether an address is at a listed host: <c>host</c> stands for each of its ports. A loopback or private address
    /// is as any other host: it is listed as it is.
    /// </summary>
    public static bool Include(Uri address, RegistryAccess access) => access.AllowedRealms.Any(allowed =>
        Same(allowed, address.Host) || Same(allowed, address.IdnHost) || Same(allowed, address.Authority)
        || Same(allowed, $"{address.Host}:{address.Port}"));

    /// <summary>Whether two addresses have the same scheme, host and port.</summary>
    public static bool IsSameOrigin(Uri left, Uri right) => Uri.Compare(
        left, right, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Whether two texts name one host.</summary>
    public static bool Same(string left, string right) => string.Equals(
        left.Trim().Trim('[', ']'), right.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
}
