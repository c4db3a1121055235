using System.Net;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// A proxy out of a variable, its login apart from its address: the framework quotes addresses in its exceptions. Not a
/// record: nothing of the login must reach a log.
/// </summary>
internal sealed class ProxyServer
{
    private ProxyServer(Uri address)
    {
        Address = new UriBuilder(address) { UserName = "", Password = "" }.Uri;
        if (address.UserInfo.Length > 0)
        {
            string[] parts = address.UserInfo.Split(':', 2);
            Login = new NetworkCredential(
                Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }
    }

    /// <summary>Scheme, host and port.</summary>
    public Uri Address { get; }

    public NetworkCredential? Login { get; }

    /// <summary>The proxy that a variable names; <see langword="null"/> when none is set.</summary>
    /// <exception cref="MirrorException">The variable holds no usable address (D8M2017).</exception>
    public static ProxyServer? Read(RunEnvironment environment, string name, string lowerName)
    {
        if (environment.FirstOf(name, lowerName) is not { } text)
        {
            return null;
        }

        // A raw '#', '/' or '?' ends the host too early: what is left of a password would be shown as a host.
        string full = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(full, UriKind.Absolute, out Uri? address) && address.Host.Length > 0
            && address.Scheme is "http" or "https" or "socks5" or "socks4" or "socks4a"
            && address.PathAndQuery is "/" or "" && address.Fragment.Length == 0
            ? new ProxyServer(address)
            // The value may hold a password, so it is not shown.
            : throw new MirrorException(new Fault(
                FaultCode.ProxyFailed,
                $"The variable {name} does not hold the address of a proxy.",
                "Write it as http://host:port or http://name:secret@host:port, or unset it. Percent-encode special "
                    + "characters of user name and password: # as %23, / as %2F, ? as %3F, @ as %40, % as %25."));
    }
}
