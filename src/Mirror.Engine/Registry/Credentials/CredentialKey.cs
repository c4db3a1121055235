using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Credentials;

/// <summary>How the files of Docker and Podman name a registry, or a part of one.</summary>
internal static class CredentialKey
{
    private const string HubServer = "https://index.docker.io/v1/";

    private static readonly string[] HubHosts = ["docker.io", "index.docker.io", "registry-1.docker.io"];

    /// <summary>
    /// The form that all spellings share: <c>host[:port][/path]</c>. Docker writes addresses of its old and new
    /// interface (<c>https://host/v1/</c>), Podman writes hosts and repositories.
    /// </summary>
    public static string Normalize(string key)
    {
        int scheme = key.IndexOf("://", StringComparison.Ordinal);
        string rest = (scheme < 0 ? key : key[(scheme + 3)..]).TrimEnd('/');
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string host = (slash < 0 ? rest : rest[..slash]).ToLowerInvariant();
        string path = slash < 0 ? "" : rest[slash..];
        return path is "/v1" or "/v2" && scheme >= 0 ? host : host + path;
    }

    /// <summary>The keys that mean a repository, the closest first.</summary>
    public static IEnumerable<string> CandidatesFor(RegistryAccess access, string repository)
    {
        string[] hosts = [.. HostsOf(access)];
        for (string path = repository; path.Length > 0; path = path[..int.Max(path.LastIndexOf('/'), 0)])
        {
            foreach (string host in hosts)
            {
                yield return $"{host}/{path}";
            }
        }

        foreach (string host in hosts)
        {
            yield return host;
        }
    }

    /// <summary>The keys that mean the registry as a whole.</summary>
    public static IEnumerable<string> HostsOf(RegistryAccess access)
    {
        yield return access.Host;
        if (access.BaseAddress.IsDefaultPort)
        {
            yield return $"{access.Host}:{access.BaseAddress.Port}";
        }

        if (HubHosts.Contains(access.Host, StringComparer.Ordinal))
        {
            foreach (string host in HubHosts.Where(host => host != access.Host))
            {
                yield return host;
            }
        }
    }

    public static string ServerOf(RegistryAccess access) =>
        HubHosts.Contains(access.Host, StringComparer.Ordinal) ? HubServer : access.Host;
}
