using System.Security.Authentication;

namespace Mirror.Engine.Registry.Wire;

/// <summary>A failure of TLS whose reason is known.</summary>
internal sealed class TlsException(TlsProblem problem, string message, Exception? inner = null)
    : AuthenticationException(message, inner)
{
    public TlsProblem Problem => problem;
}

internal enum TlsProblem
{
    /// <summary>The server's certificate was refused here.</summary>
    ServerCertificate,

    /// <summary>The server wants a client certificate, and got none.</summary>
    ClientCertificateRequired,

    /// <summary>The server does not take the client certificate that it got.</summary>
    ClientCertificateRefused,
}
