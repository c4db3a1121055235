using System.Text;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine;

/// <summary>
/// One end of a mirror: a registry and a path in it. A text converts to an endpoint. The other members override, for
/// this end only, the settings of the same name.
/// </summary>
/// <param name="Reference">
/// <c>host[:port]/path</c>. The host is always the first part, also without a dot. A prefix <c>http://</c> means
/// <see cref="Insecure"/>; <c>https://</c> changes nothing, but contradicts <see cref="Insecure"/> (D8M1004). Faults:
/// D8M1007.
/// </param>
public sealed record RegistryEndpoint(string Reference)
{
    /// <summary>Plain HTTP for this end; <see langword="null"/>: as the settings say.</summary>
    public bool? Insecure { get; init; }

    /// <summary>No certificate check for this end; <see langword="null"/>: as the settings say.</summary>
    public bool? TlsSkipVerify { get; init; }

    /// <summary>Extra CA certificates (PEM) for this end; <see langword="null"/>: as the settings say.</summary>
    public string? CaFile { get; init; }

    /// <summary>The client certificate for this end; <see langword="null"/>: as the settings say.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>The key of the client certificate for this end; <see langword="null"/>: as the settings say.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>Where modules live below this end; <see langword="null"/>: as the settings say.</summary>
    public string? ModulesPathSuffix { get; init; }

    /// <summary>User name and password for this end; <see langword="null"/>: as the settings say.</summary>
    public Credential? Credential { get; init; }

    /// <summary>Login and variables that a build file names for this end.</summary>
    internal CredentialNames CredentialNames { get; init; } = new();

    /// <summary>Makes an endpoint of a reference.</summary>
    /// <param name="reference">The reference.</param>
    /// <returns>The endpoint.</returns>
    public static RegistryEndpoint FromString(string reference) => new(reference);

    /// <summary>Makes an endpoint of a reference.</summary>
    /// <param name="reference">The reference.</param>
    public static implicit operator RegistryEndpoint(string reference) => new(reference);

    // People write logins into references; the settings check refuses them, but a log line may come first.
    private bool PrintMembers(StringBuilder builder)
    {
        bool mayHoldLogin = Reference?.Contains('@', StringComparison.Ordinal) == true;
        builder.Append("Reference = ").Append(mayHoldLogin ? "***" : Reference)
            .Append(", Insecure = ").Append(Insecure)
            .Append(", TlsSkipVerify = ").Append(TlsSkipVerify)
            .Append(", CaFile = ").Append(CaFile)
            .Append(", ClientCertificateFile = ").Append(ClientCertificateFile)
            .Append(", ClientKeyFile = ").Append(ClientKeyFile)
            .Append(", ModulesPathSuffix = ").Append(ModulesPathSuffix)
            .Append(", Credential = ").Append(Credential);
        return true;
    }
}
