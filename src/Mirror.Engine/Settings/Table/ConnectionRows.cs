using System.Globalization;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Table;

/// <summary>The settings of every verb that talks to a registry.</summary>
internal static class ConnectionRows
{
    public const int MaxConnections = 64;

    public static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(24);

    public static ImmutableArray<SettingRow> All { get; } =
    [
        Row(TextKinds.Boolean, "D8MirrorInsecure", "Insecure",
            "Plain HTTP. Otherwise only HTTPS is spoken, also to loopback and private hosts.",
            (settings, value) => settings with { Insecure = value })
            with { Flag = "--insecure", Default = "false" },

        Row(TextKinds.Boolean, "D8MirrorTlsSkipVerify", "TlsSkipVerify",
            "Accept any TLS certificate.",
            (settings, value) => settings with { TlsSkipVerify = value })
            with { Flag = "--tls-skip-verify", Default = "false" },

        Row(TextKinds.Path, "D8MirrorCaFile", "CaFile",
            "A PEM file of CA certificates, trusted besides the system's.",
            (settings, value) => settings with { CaFile = value }),

        Row(TextKinds.Path, "D8MirrorClientCertificateFile", "ClientCertificateFile",
            "A PEM or PKCS#12 file with the certificate that this client shows to a registry that asks for one.",
            (settings, value) => settings with { ClientCertificateFile = value }),

        Row(TextKinds.Path, "D8MirrorClientKeyFile", "ClientKeyFile",
            "A PEM file with the key of the client certificate, when it is not in the certificate's file.",
            (settings, value) => settings with { ClientKeyFile = value }),

        Row(TextKinds.Duration, "D8MirrorTimeout", "Timeout",
            "Bounds connecting, response headers and silence within a transfer, never the whole transfer; 0: no bound.",
            (settings, value) => settings with { Timeout = value })
            with { Variables = ["D8_MIRROR_TIMEOUT"], DefaultNote = "60s", Range = "0, or 1ms to 576h" },

        Row(TextKinds.Number, "D8MirrorMaxConnections", "Transfer.MaxConnections",
            "Connections to one host for blobs.",
            (settings, value) => settings with { Transfer = settings.Transfer with { MaxConnections = value } })
            with { Default = "8", Range = string.Create(CultureInfo.InvariantCulture, $"1 to {MaxConnections}") },

        Row(TextKinds.Rate, "D8MirrorBytesPerSecond", "Transfer.BytesPerSecond",
            "Bytes per second and host; units as for sizes, but a bare number means bytes.",
            (settings, value) => settings with { Transfer = settings.Transfer with { BytesPerSecond = value } })
            with { DefaultNote = "no limit", Range = "at least 1" },

        Row(TextKinds.Number, "D8MirrorRequestsPerSecond", "Transfer.RequestsPerSecond",
            "Requests per second and host.",
            (settings, value) => settings with { Transfer = settings.Transfer with { RequestsPerSecond = value } })
            with { DefaultNote = "no limit", Range = "at least 1" },

        Row(TextKinds.Texts, "D8MirrorAllowedRealms", "AllowedRealms",
            "Hosts besides the registry's own that it may name: token services, which are given credentials, and hosts "
                + "that take uploads, which are not.",
            (settings, value) => settings with { AllowedRealms = value }),

        Row(TextKinds.Text, "D8MirrorModulesPathSuffix", "ModulesPathSuffix",
            "The path of modules below an edition's path; / means the edition's path itself.",
            (settings, value) => settings with { ModulesPathSuffix = value })
            with { Flag = "--modules-path-suffix", Default = "/modules" },
    ];

    // A with expression on the abstract record copies what it really is.
    private static SettingRow Row<T>(
        TextKind<T> kind, string name, string member, string help, Func<RegistrySettings, T, RegistrySettings> apply) =>
        SettingRow.Create(kind, name, member, help, apply) with
        {
            Verbs = SettingVerbs.LikePull | SettingVerbs.Push | SettingVerbs.Sync | SettingVerbs.Diff
                | SettingVerbs.Inventory | SettingVerbs.Check,
        };
}
