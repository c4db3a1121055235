using System.Net;
using Mirror.Engine.Errors;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>Where a redirect may lead (spec/bundle-and-push.md 4.11). Bodies are not redirected.</summary>
internal static class Redirects
{
    private const int MaxHops = 10;

    public static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    public static bool IsSameOrigin(Uri left, Uri right) => Uri.Compare(
        left, right, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>The next address.</summary>
    /// <exception cref="MirrorException">The redirect is not followed (D8M2015).</exception>
    public static Uri Follow(
        HttpResponseMessage response, Uri address, int hop, RegistryAccess access, RegistryRequest request)
    {
        Uri? target = response.Headers.Location is { } location ? new Uri(address, location) : null;
        string? reason = target is null ? "without saying where to"
            : target.Scheme != Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttp
                ? $"to the scheme {target.Scheme}"
            : target.Scheme == Uri.UriSchemeHttp && !access.Insecure ? $"to plain HTTP at {target.Authority}"
            : hop >= MaxHops ? $"more than {MaxHops} times"
            : null;
        return reason is null
            ? target!
            : throw new MirrorException(new RegistryFaults(access, request, address.Authority).RedirectRefused(reason));
    }
}
