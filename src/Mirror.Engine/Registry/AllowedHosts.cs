using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>The hosts besides the registry's own that the user lets a registry name (<c>AllowedRealms</c>).</summary>
internal static class AllowedHosts
{
    /// <summary>Whether an address is at a listed host: <c>host</c> stands for each of its ports.</summary>
    public static bool Include(Uri address, RegistryAccess access) => access.AllowedRealms.Any(allowed =>
        Same(allowed, address.Host) || Same(allowed, $"{address.Host}:{address.Port}"));

    private static bool Same(string left, string right) =>
        string.Equals(left.Trim(), right, StringComparison.OrdinalIgnoreCase);
}
