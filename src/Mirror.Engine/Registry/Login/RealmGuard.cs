using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Login;

/// <summary>
/// Whether a token service may be asked at all. A registry names that service itself, so without this a hostile
/// registry could send a credential, or just a request, to any host it likes.
/// </summary>
internal static class RealmGuard
{
    private const int HttpsPort = 443;

    /// <summary>
    /// Checks a realm, of which a path means the registry itself, before any credential is looked at.
    /// </summary>
    /// <returns>The address of the token service.</returns>
    /// <exception cref="MirrorException">The realm is refused (D8M2014).</exception>
    public static Uri Check(string realm, RegistryAccess access, RegistryRequest request)
    {
        RegistryFaults faults = new(access, request, access.Host);
        if (Read(realm, access) is not { } address)
        {
            throw new MirrorException(
                faults.RealmRefused($"'{ErrorBody.Clean(realm)}'", "is not the address of a web service"));
        }

        string authority = $"{(address.Host.StartsWith('[') ? address.Host : address.IdnHost)}:{address.Port}";
        if (address.Scheme != Uri.UriSchemeHttps && !access.Insecure)
        {
            throw new MirrorException(faults.RealmRefused(authority, "does not use HTTPS", authority));
        }

        return IsOwn(address, access.BaseAddress) || AllowedHosts.Include(address, access)
            ? address
            : throw new MirrorException(faults.RealmRefused(
                authority,
                AllowedHosts.Same(address.IdnHost, access.BaseAddress.IdnHost)
                    ? "is on another port than the registry"
                    : "is another host than the registry's",
                authority));
    }

    private static Uri? Read(string realm, RegistryAccess access)
    {
        try
        {
            // On Unix, a path alone is the address of a file.
            return (realm.StartsWith('/')
                    ? Uri.TryCreate(access.BaseAddress, realm, out Uri? address)
                    : Uri.TryCreate(realm, UriKind.Absolute, out address))
                && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)

                // A host that cannot be looked up is found out here only.
                && address.IdnHost.Length > 0
                    ? new Uri(address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped))
                    : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // GitLab's registry has a port of its own, and its token service the port of the web page. Whoever answers there
    // with a valid certificate is the host's owner; any other port may be another user's.
    private static bool IsOwn(Uri address, Uri registry) => AllowedHosts.Same(address.IdnHost, registry.IdnHost)
        && (address.Port == registry.Port
            || (address.Scheme == Uri.UriSchemeHttps && address.Port == HttpsPort));
}
