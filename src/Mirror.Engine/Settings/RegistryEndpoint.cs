namespace Mirror.Engine.Settings;

/// <summary>
/// One end of a mirror: a registry and a path in it. A text converts to an endpoint. The other members override, for
/// this end only, the settings of the same name.
/// </summary>
/// <param name="Reference">
/// <c>host[:port]/path</c>. The host is always the first part, also without a dot. A prefix <c>https://</c> changes
/// nothing, <c>http://</c> means <see cref="Insecure"/>. Faults: D8M1007.
/// </param>
public sealed record RegistryEndpoint(string Reference)
{
    /// <summary>Plain HTTP for this end; <see langword="null"/>: as the settings say.</summary>
    public bool? Insecure { get; init; }

    /// <summary>No certificate check for this end; <see langword="null"/>: as the settings say.</summary>
    public bool? TlsSkipVerify { get; init; }

    /// <summary>Extra CA certificates (PEM) for this end; <see langword="null"/>: as the settings say.</summary>
    public string? CaFile { get; init; }

    /// <summary>Where modules live below this end; <see langword="null"/>: as the settings say.</summary>
    public string? ModulesPathSuffix { get; init; }

    /// <summary>Who to log in as at this end; <see langword="null"/>: as the settings say.</summary>
    public Credential? Credential { get; init; }

    /// <summary>Makes an endpoint of a reference.</summary>
    /// <param name="reference">The reference.</param>
    /// <returns>The endpoint.</returns>
    public static RegistryEndpoint FromString(string reference) => new(reference);

    /// <summary>Makes an endpoint of a reference.</summary>
    /// <param name="reference">The reference.</param>
    public static implicit operator RegistryEndpoint(string reference) => new(reference);
}
