namespace Mirror.Engine.Registry.Wire;

/// <summary>Why a TLS connection could not be made or used.</summary>
internal enum TlsProblem
{
    /// <summary>The server's certificate was refused here.</summary>
    ServerCertificate,

    /// <summary>The server wants a client certificate, and got none.</summary>
    ClientCertificateRequired,

    /// <summary>The server does not take the client certificate that it got.</summary>
    ClientCertificateRefused,
}
