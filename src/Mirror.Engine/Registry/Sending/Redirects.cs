using System.Net;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Sending;

/// <summary>
/// Where a redirect may lead (docs/behaviour/wire.md#redirects): what is read, to any host, as registries give content
/// out of storage; what is written, as <see cref="UploadLocation"/> says.
/// </summary>
internal static class Redirects
{
    private const int MaxHops = 10;

    public static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The next address.</summary>
    /// <exception cref="MirrorException">The redirect is not followed (D8M2015, D8M2040).</exception>
    public static Uri Follow(
        HttpResponseMessage response, Uri address, int hop, RegistryAccess access, RegistryRequest request)
    {
        RegistryFaults faults = new(access, request, address.Authority);
        string? location = LocationHeader.Get(response);
        Uri? target = request.IsWrite
            ? UploadLocation.Resolve(location, address, access)
            : LocationHeader.Resolve(location, address);
        string? reason = location is null ? "without saying where to"
            : target is null ? $"to {LocationHeader.ForMessage(location)}, which is not a usable address"
            : target.Scheme == Uri.UriSchemeHttp && !access.Insecure ? $"to plain HTTP at {target.Authority}"
            : hop >= MaxHops ? $"more than {MaxHops} times"
            : null;
        return reason is not null ? throw new MirrorException(faults.RedirectRefused(reason))
            : request.IsWrite && !UploadLocation.IsAllowed(target!, access)
                ? throw new MirrorException(faults.UploadElsewhere(target!.Authority))
            : target!;
    }
}
