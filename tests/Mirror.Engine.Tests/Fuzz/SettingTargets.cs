using System.Collections.Immutable;
using Mirror.Engine.Hosting;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;
using Mirror.Engine.Tests.Settings;
using Mirror.Engine.Versions;
using static Mirror.Engine.Tests.Fuzz.Tolerated;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>Texts of build files and variables, and the versions and constraints that sources write as well.</summary>
internal static class SettingTargets
{
    private static readonly ImmutableArray<string> Names =
        [.. SettingsTable.RowsFor(SettingVerbs.Pull).Select(row => row.Name)];

    private static readonly MirrorHost Host = new(
        (_, _) => { }, path => Path.GetFullPath(path, SettingsTexts.Root), new Dictionary<string, string>());

    private static readonly ImmutableArray<string> VersionWords =
    [
        "v", ".", "-", "+", "1", "0", "x", "*", "^", "~", ">=", "<", "=", "!=", "||", ",", " ", " - ", "rc", "stable",
        "18446744073709551616",
    ];

    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("settings", "SettingsReader.Read ComponentRule.Parse", ReadSettings,
            [
                "registry.example.com/deckhouse/ee", "/bundle", "true", "500MB", "30s", "^1.69.0", "a@^1.2;b",
                "=v1.2.3",
                "PASSWORD_VARIABLE", "V033",
            ],
            [.. VersionWords, "@", ";", "/", ":", "://", "%", "\0", "\n", "\u202e"]),
        FuzzTarget.OfText("reference", "RegistryReference.Read RegistryHost.TryParse", ReadReference,
            ["https://registry.example.com:5000/deckhouse/ee", "[::1]:5000/x", "127.0.0.1/x", "registry.example/a"],
            ["http://", "https://", "/", ":", "@", "[", "]", "::", ".", "-", "0x1", "%", "99999", "\u00e4", "xn--"]),
        FuzzTarget.OfText(
            "size and duration",
            "SizeText.TryParse DurationText.TryParse BooleanText.TryParse LogLevel.Read",
            bytes =>
            {
                _ = SizeText.TryParse(Utf8(bytes), 1000, out _);
                _ = DurationText.TryParse(Utf8(bytes), out _);
                _ = BooleanText.TryParse(Utf8(bytes), out _);
                LogLevel.Read(new RunEnvironment([new("MIRROR_DEBUG_LOG", Utf8(bytes))]), out _);
            },
            ["500MB", "4GiB", "1.5 TB", "30s", "1h5m", "0", "true"],
            ["9", ".", "-", "KiB", "TB", "h", "ns", " ", "e", "0"]),
        FuzzTarget.OfText(
            "constraint",
            "VersionConstraint.TryParse VersionConstraint.Parse VersionConstraint.Read VersionRangeParser.TryParse "
                + "ConstraintText.Read",
            ReadConstraint,
            ["~1.2.3 || >=2.0.0 <3 || =v1.2.3", "=v1.2.3+stable", "^1.2", "1.2.x - 2", "!=1.2, >1", "1.2"],
            VersionWords),
        FuzzTarget.OfText(
            "version", "SemanticVersion.TryParse TaggedVersion.TryParse VersionLiteral.TryParse", ReadVersion,
            ["v1.2.3-rc.1+b", "1.2", "v18446744073709551615.0.0", "1.2.x"],
            VersionWords),
    ];

    private static void ReadSettings(byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            KeyValuePair<string, string>[] values =
            [
                new(Names[bytes[0] % Names.Length], Utf8(bytes)),
                new(Names[bytes[0] % Names.Length], Utf8(bytes[1..])),
                new(Names[bytes[^1] % Names.Length], Utf8(bytes)),
            ];
            Faults(() => Host.Read<MirrorPullSettings>(SettingsTexts.Names, values));
            Faults(() => ComponentRule.Parse(Utf8(bytes)));
        }
    }

    private static void ReadReference(byte[] bytes)
    {
        _ = RegistryHost.TryParse(Utf8(bytes), out _);
        if (RegistryReference.Read("label", Utf8(bytes), out RegistryReference? reference) is null)
        {
            _ = new RegistryAccess("source", reference!.Host.Authority(true), reference.Path) { Insecure = true }
                .BaseAddress.AbsoluteUri;
        }
    }

    private static void ReadConstraint(byte[] bytes)
    {
        Faults(() => VersionConstraint.Parse(Utf8(bytes)));
        if (VersionConstraint.TryParse(Utf8(bytes), out VersionConstraint? constraint))
        {
            _ = constraint.Anchors.Length + constraint.LowerBound.ToTag().Length;
            constraint.Admits(SemanticVersion.Create(1, 2, 3), SelectionRules.V025);
            constraint.Admits(SemanticVersion.Create(1, 2, 3), SelectionRules.V033);
        }

        _ = VersionRangeParser.TryParse(Utf8(bytes), out _);
    }

    private static void ReadVersion(byte[] bytes)
    {
        _ = VersionLiteral.TryParse(Utf8(bytes), out _);
        _ = TaggedVersion.TryParse(Utf8(bytes), out _);
        if (SemanticVersion.TryParse(Utf8(bytes), out SemanticVersion? version))
        {
            _ = version.CompareTo(SemanticVersion.Zero) + version.GetHashCode() + version.ToTag().Length;
        }
    }
}
