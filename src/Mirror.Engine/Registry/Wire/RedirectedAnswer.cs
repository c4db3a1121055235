using System.Net;

namespace Mirror.Engine.Registry.Wire;

/// <summary>What an answer is worth that came from another host than the registry, behind a redirect.</summary>
internal static class RedirectedAnswer
{
    public static bool IsElsewhere(RegistryResponse response, RegistryRequest request) =>
        !response.IsRegistry && request.Address is null;

    /// <summary>
    /// Whether a status that the caller understands may decide. Any web server says 404, so that an absence is believed
    /// only of something that answers like a registry; a HEAD decides nothing without a GET.
    /// </summary>
    public static bool Counts(RegistryResponse response, RegistryRequest request, ErrorBody said) =>
        !IsElsewhere(response, request)
        || response.Status != HttpStatusCode.NotFound
        || request.Method == HttpMethod.Head
        || IsOfRegistry(response, said);

    /// <summary>Whether a registry answered: it says so, or its errors have the form of a registry's.</summary>
    public static bool IsOfRegistry(RegistryResponse response, ErrorBody said) =>
        said.Codes.Length > 0 || response.SaysItIsRegistry;

    /// <summary>
    /// Whether storage refused an address that may have expired, so that the registry is worth asking for a new one.
    /// </summary>
    public static bool MayBeExpired(RegistryResponse response, RegistryRequest request) =>
        IsElsewhere(response, request)
        && request.Method == HttpMethod.Get
        && response.Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            or HttpStatusCode.Gone
        && response.Header("WWW-Authenticate") is null
        && !response.SaysItIsRegistry;
}
