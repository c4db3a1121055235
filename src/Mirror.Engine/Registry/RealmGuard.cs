using Mirror.Engine.Errors;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>
/// Whether a token service may be asked at all. A registry names that service itself, so without this a hostile
/// registry could send a credential, or just a request, to any host it likes.
/// </summary>
internal static class RealmGuard
{
    /// <summary>Checks a realm before any credential is looked at.</summary>
    /// <returns>The address of the token service.</returns>
    /// <exception cref="MirrorException">The realm is refused (D8M2014).</exception>
    public static Uri Check(string realm, RegistryAccess access, RegistryRequest request)
    {
        RegistryFaults faults = new(access, request, access.Host);
        if (!Uri.TryCreate(realm, UriKind.Absolute, out Uri? address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            throw new MirrorException(
                faults.RealmRefused($"'{ErrorBody.Clean(realm)}'", "is no address of a web service"));
        }

        if (address.Scheme != Uri.UriSchemeHttps && !access.Insecure)
        {
            throw new MirrorException(faults.RealmRefused(address.Authority, "does not use HTTPS"));
        }

        return IsAllowed(address, access)
            ? address
            : throw new MirrorException(
                faults.RealmRefused(address.Authority, "is another host than the registry's"));
    }

    // A loopback or private address is as any other host: allowed when it is the registry's own, or listed as it is.
    private static bool IsAllowed(Uri address, RegistryAccess access) =>
        Same(address.IdnHost, access.BaseAddress.IdnHost)
        || access.AllowedRealms.Any(allowed =>
            Same(allowed, address.Host) || Same(allowed, address.IdnHost) || Same(allowed, address.Authority)
            || Same(allowed, $"{address.Host}:{address.Port}"));

    private static bool Same(string left, string right) => string.Equals(
        left.Trim().Trim('[', ']'), right.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
}
