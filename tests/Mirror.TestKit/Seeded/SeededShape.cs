namespace Mirror.TestKit.Seeded;

/// <summary>How many images of which kind the options come to, before any is made.</summary>
internal sealed class SeededShape
{
    // Versions and channels, each in four repositories.
    private const int PlatformReferences = 2 * 5 * 4;
    private const int SecurityReferences = 4;
    private const int InstallerReferences = 1;

    // Discovery tag, two versions, two component images, two releases and five channels.
    private const int ModuleReferences = 1 + 2 + 2 + 2 + 5;

    public SeededShape(SeededSourceOptions options)
    {
        if (options.Modules < 0 || options.SharedShare is not (>= 0 and <= 1))
        {
            throw new ArgumentException("Modules must not be negative, the share must be 0 to 1.", nameof(options));
        }

        var extras = (options.Modules + 1) / 2;
        var taken = PlatformReferences + SecurityReferences + InstallerReferences
            + (options.Modules * ModuleReferences) + extras;
        var left = options.References - taken;
        if (left < ReleaseTrain.All.Count)
        {
            var least = taken + ReleaseTrain.All.Count;
            throw new ArgumentException(
                $"{options.Modules} modules need at least {least} references.",
                nameof(options));
        }

        Attestations = left / 6;
        Components = left - Attestations;
        var platformSlots = ReleaseTrain.All.Count * PlatformWriter.LayersPerRelease;
        Slots = platformSlots + (Components * PlatformWriter.LayersPerComponent) + InstallerReferences
            + (options.Modules * ModuleWriter.LayersPerModule) + extras;
        Databases = SecurityReferences;
    }

    /// <summary>Component images of the platform; every fifth has an attestation until those run out.</summary>
    public int Components { get; }

    public int Attestations { get; }

    /// <summary>Large layers counted with repetition, the databases left out.</summary>
    public int Slots { get; }

    /// <summary>Security databases: one large layer each, never shared.</summary>
    public int Databases { get; }
}
