namespace Deckhouse.Mirror.MSBuild;

/// <summary>A task that talks to registries: the settings that are the same for both ends and every verb.</summary>
public abstract class ConnectionTask : MirrorTask
{
    private protected ConnectionTask()
    {
    }

    /// <summary><c>true</c>: plain HTTP. Default <c>false</c>: only HTTPS.</summary>
    public string? Insecure { get; set; }

    /// <summary><c>true</c>: accept any TLS certificate. Default <c>false</c>.</summary>
    public string? TlsSkipVerify { get; set; }

    /// <summary>A PEM file of CA certificates, trusted besides the system's. Default: none.</summary>
    public string? CaFile { get; set; }

    /// <summary>
    /// A PEM or PKCS#12 file with the certificate that this client shows to a registry that asks for one. Default:
    /// none.
    /// </summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>
    /// A PEM file with the key of the client certificate. Default: the key is in a variable (docs/settings.md), else in
    /// the certificate's file.
    /// </summary>
    public string? ClientKeyFile { get; set; }

    /// <summary>
    /// Bounds connecting, response headers and silence, never the whole transfer: <c>30s</c>, <c>5m</c>, <c>0</c> for
    /// no bound. Default: the variable <c>D8_MIRROR_TIMEOUT</c>, else 60 seconds.
    /// </summary>
    public string? Timeout { get; set; }

    /// <summary>Connections to one host for blobs, from 1 to 64. Default 8.</summary>
    public string? MaxConnections { get; set; }

    /// <summary>Bytes per second and host. Default: no limit.</summary>
    public string? BytesPerSecond { get; set; }

    /// <summary>Requests per second and host. Default: no limit.</summary>
    public string? RequestsPerSecond { get; set; }

    /// <summary>
    /// Hosts other than the registry's own that it may name, separated by semicolons: token services, which are given
    /// credentials, and hosts that take uploads, which are not. Default: none.
    /// </summary>
    public string? AllowedRealms { get; set; }

    /// <summary>The path of modules below an edition's path. Default <c>/modules</c>.</summary>
    public string? ModulesPathSuffix { get; set; }

    /// <summary>A file for the report, by its extension. Default: none.</summary>
    public string? ReportFile { get; set; }
}
