using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Table;

/// <summary>The settings of one end: where it is, what differs for it, and who logs in.</summary>
internal static class EndRows
{
    private const SettingVerbs Reading = SettingVerbs.LikePull | SettingVerbs.Sync | SettingVerbs.Diff;

    private const SettingVerbs Targets =
        SettingVerbs.Push | SettingVerbs.Sync | SettingVerbs.Diff | SettingVerbs.Inventory | SettingVerbs.Check;

    public static ImmutableArray<SettingRow> Source { get; } =
    [
        .. Create(EndNames.Source, "D8MirrorSource", Reading, ApplyToSource,
            "The source: host[:port]/path of an edition.",
            "--source", MirrorPullSettings.DefaultSource),

        SettingRow.Create(TextKinds.VariableName, "D8MirrorLicenseVariable", "LicenseToken",
            "The name of the environment variable that holds the licence token; never the token itself.",
            (MirrorSettings settings, string value) => ApplyToSource(settings, source =>
                source with { CredentialNames = source.CredentialNames with { LicenseVariable = value } }))
            with { Flag = "--license", DefaultNote = EndNames.LicenseVariable, Verbs = Reading },
    ];

    public static ImmutableArray<SettingRow> Target { get; } =
    [
        .. Create(EndNames.Target, "D8MirrorRegistry", Targets, ApplyToTarget,
            "The target: host[:port]/path of the edition there.",
            "<registry>", ""),
    ];

    private static MirrorSettings ApplyToSource(
        MirrorSettings settings, Func<RegistryEndpoint, RegistryEndpoint> change) => settings switch
        {
            MirrorSelectionSettings selection => selection with { Source = change(selection.Source) },
            _ => settings,
        };

    private static MirrorSettings ApplyToTarget(
        MirrorSettings settings, Func<RegistryEndpoint, RegistryEndpoint> change) => settings switch
        {
            MirrorPushSettings push => push with { Target = change(push.Target) },
            MirrorSyncSettings sync => sync with { Target = change(sync.Target) },
            MirrorDiffSettings diff => diff with { Target = change(diff.Target) },
            MirrorInventorySettings inventory => inventory with { Target = change(inventory.Target) },
            MirrorCheckSettings check => check with { Target = change(check.Target) },
            _ => settings,
        };

    private static IEnumerable<SettingRow> Create(
        EndNames end,
        string login,
        SettingVerbs verbs,
        Func<MirrorSettings, Func<RegistryEndpoint, RegistryEndpoint>, MirrorSettings> apply,
        string help,
        string flag,
        string reference)
    {
        string member = end.Member;
        string name = "D8Mirror" + member;
        IEnumerable<SettingRow> rows =
        [
            Row(TextKinds.Text, name, member, help, (it, value) => it with { Reference = value })
                with { Flag = flag, Default = reference, DefaultNote = reference.Length > 0 ? "" : "required" },

            Row(TextKinds.Boolean, $"{name}Insecure", $"{member}.Insecure",
                $"Plain HTTP for the {end.End} only.",
                (it, value) => it with { Insecure = value })
                with { DefaultNote = "as D8MirrorInsecure" },

            Row(TextKinds.Boolean, $"{name}TlsSkipVerify", $"{member}.TlsSkipVerify",
                $"Accept any TLS certificate of the {end.End} only.",
                (it, value) => it with { TlsSkipVerify = value })
                with { DefaultNote = "as D8MirrorTlsSkipVerify" },

            Row(TextKinds.Path, $"{name}CaFile", $"{member}.CaFile",
                $"A PEM file of CA certificates for the {end.End} only.",
                (it, value) => it with { CaFile = value })
                with { DefaultNote = "as D8MirrorCaFile" },

            Row(TextKinds.Path, $"{name}ClientCertificateFile", $"{member}.ClientCertificateFile",
                $"A PEM or PKCS#12 file with the client certificate for the {end.End} only.",
                (it, value) => it with { ClientCertificateFile = value })
                with { DefaultNote = "as D8MirrorClientCertificateFile" },

            Row(TextKinds.Path, $"{name}ClientKeyFile", $"{member}.ClientKeyFile",
                $"A PEM file with the key of the client certificate for the {end.End} only.",
                (it, value) => it with { ClientKeyFile = value })
                with { DefaultNote = "as D8MirrorClientKeyFile" },

            Row(TextKinds.Text, $"{name}ModulesPathSuffix", $"{member}.ModulesPathSuffix",
                $"The path of modules at the {end.End} only.",
                (it, value) => it with { ModulesPathSuffix = value })
                with { DefaultNote = "as D8MirrorModulesPathSuffix" },

            Row(TextKinds.Text, $"{login}Login", "Credential",
                $"User name for the {end.End} registry.",
                (it, value) => it with { CredentialNames = it.CredentialNames with { Login = value } },
                end.LoginMember)
                with { Flag = end.LoginFlag, Variables = [end.LoginVariable] },

            Row(TextKinds.VariableName, $"{login}PasswordVariable", "Credential",
                "The name of the environment variable that holds the password; never the password itself.",
                (it, value) => it with { CredentialNames = it.CredentialNames with { PasswordVariable = value } },
                end.PasswordMember)
                with { Flag = end.PasswordFlag, DefaultNote = end.PasswordVariable },
        ];
        return rows.Select(row => row with { Verbs = verbs });

        SettingRow Row<T>(
            TextKind<T> kind, string setting, string changed, string meaning,
            Func<RegistryEndpoint, T, RegistryEndpoint> change, string? reference = null) =>
            SettingRow.Create<MirrorSettings, T>(kind, setting, changed, meaning,
                (settings, value) => apply(settings, endpoint => change(endpoint, value)), reference);
    }
}
