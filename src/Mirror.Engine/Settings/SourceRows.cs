using System.Collections.Immutable;

namespace Mirror.Engine.Settings;

/// <summary>The settings of the source: where it is, what differs for this end, and who logs in.</summary>
internal static class SourceRows
{
    public static ImmutableArray<SettingRow> All { get; } =
    [
        Row(TextKinds.Text, "D8MirrorSource", "Source",
            "The source: host[:port]/path of an edition.",
            (source, value) => source with { Reference = value })
            with { Flag = "--source", Default = MirrorPullSettings.DefaultSource },

        Row(TextKinds.Boolean, "D8MirrorSourceInsecure", "Source.Insecure",
            "Plain HTTP for the source only.",
            (source, value) => source with { Insecure = value })
            with { DefaultNote = "as D8MirrorInsecure" },

        Row(TextKinds.Boolean, "D8MirrorSourceTlsSkipVerify", "Source.TlsSkipVerify",
            "Accept any TLS certificate of the source only.",
            (source, value) => source with { TlsSkipVerify = value })
            with { DefaultNote = "as D8MirrorTlsSkipVerify" },

        Row(TextKinds.Path, "D8MirrorSourceCaFile", "Source.CaFile",
            "A PEM file of CA certificates for the source only.",
            (source, value) => source with { CaFile = value })
            with { DefaultNote = "as D8MirrorCaFile" },

        Row(TextKinds.Text, "D8MirrorSourceModulesPathSuffix", "Source.ModulesPathSuffix",
            "The path of modules at the source only.",
            (source, value) => source with { ModulesPathSuffix = value })
            with { DefaultNote = "as D8MirrorModulesPathSuffix" },

        Row(TextKinds.Text, "D8MirrorSourceLogin", "Credential",
            "Who to log in as at the source.",
            (source, value) => source with { CredentialNames = source.CredentialNames with { Login = value } })
            with { Flag = "--source-login", Variables = [EndNames.Source.LoginVariable] },

        Row(TextKinds.VariableName, "D8MirrorSourcePasswordVariable", "Credential",
            "The name of the environment variable that holds the password; never the password itself.",
            (source, value) =>
                source with { CredentialNames = source.CredentialNames with { PasswordVariable = value } })
            with { Flag = "--source-password", DefaultNote = EndNames.Source.PasswordVariable },

        Row(TextKinds.VariableName, "D8MirrorLicenseVariable", "LicenseToken",
            "The name of the environment variable that holds the licence token; never the token itself.",
            (source, value) =>
                source with { CredentialNames = source.CredentialNames with { LicenseVariable = value } })
            with { Flag = "--license", DefaultNote = EndNames.LicenseVariable },
    ];

    private static SettingRow Row<T>(
        TextKind<T> kind, string name, string member, string help, Func<RegistryEndpoint, T, RegistryEndpoint> apply) =>
        SettingRow.Of<MirrorPullSettings, T>(
            kind, name, member, help, (settings, value) => settings with { Source = apply(settings.Source, value) });
}
