namespace Mirror.Engine;

/// <summary>What every verb that talks to a registry can be told (docs/settings.md#connection).</summary>
public abstract record RegistrySettings : MirrorSettings
{
    private protected RegistrySettings()
    {
    }

    /// <summary>
    /// Plain HTTP. Default <see langword="false"/>: only HTTPS, also for loopback and private hosts.
    /// </summary>
    public bool Insecure { get; init; }

    /// <summary>Accept any TLS certificate. Default <see langword="false"/>.</summary>
    public bool TlsSkipVerify { get; init; }

    /// <summary>
    /// A PEM file of CA certificates, trusted besides the system's. Default: none. A full path (D8M1005, D8M1014).
    /// </summary>
    public string? CaFile { get; init; }

    /// <summary>
    /// A PEM or PKCS#12 file with the certificate that this client shows to a registry that asks for one, and to no
    /// other host. Default: none. A full path (D8M1005, D8M1023, D8M1025).
    /// </summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>
    /// A PEM file with the key of the client certificate. Default: the key is in the variable
    /// <c>D8_MIRROR_SOURCE_CLIENT_KEY</c> or <c>D8_MIRROR_REGISTRY_CLIENT_KEY</c>, else in the certificate's file. A
    /// full path (D8M1005, D8M1024). The password of an encrypted key is in the variable of the same name with
    /// <c>_PASSWORD</c>.
    /// </summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>
    /// Bounds connecting, response headers and silence within a transfer, never the whole transfer. Default
    /// <see langword="null"/>: the variable <c>D8_MIRROR_TIMEOUT</c>, else 60 seconds. Zero: no bound. Not negative
    /// (D8M1003).
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Connections and rates.</summary>
    public TransferLimits Transfer { get; init; } = new();

    /// <summary>
    /// Hosts other than the registry's own that it may name: token services, which are given credentials, and hosts
    /// that take uploads, which are not. Default: none.
    /// </summary>
    public ImmutableArray<string> AllowedRealms { get; init; } = [];

    /// <summary>
    /// The path of modules below an edition's path. Default <c>/modules</c>; <c>/</c> means the edition's path itself.
    /// </summary>
    public string ModulesPathSuffix { get; init; } = "/modules";

    /// <summary>The user name and password. Default: see docs/settings.md#which-credential.</summary>
    public Credential? Credential { get; init; }
}
