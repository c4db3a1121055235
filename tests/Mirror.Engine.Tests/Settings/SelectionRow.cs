using System.Collections.Immutable;

namespace Mirror.Engine.Tests.Settings;

/// <summary>
/// A setting that selects, and what it does: two plans of the miniature source that differ in this setting only, and
/// the difference of their images. Run through each front end, whose tests share this table.
/// </summary>
/// <param name="Name">The MSBuild property or item.</param>
/// <param name="Value">Its value in the second plan, as text; items are separated by <c>;</c>.</param>
/// <param name="Change">The same value, typed.</param>
internal sealed record SelectionRow(string Name, string Value, Func<MirrorPullSettings, MirrorPullSettings> Change)
{
    /// <summary>Stands for the address of the source in <see cref="Value"/>.</summary>
    public const string Host = "{host}";

    /// <summary>The edition that both plans read.</summary>
    public string Path { get; init; } = "deckhouse/ee";

    /// <summary>The components of both plans.</summary>
    public MirrorComponents Components { get; init; }

    /// <summary>The modules that both plans include; none: every one.</summary>
    public ImmutableArray<string> Modules { get; init; } = [];

    /// <summary>The platform releases that both plans include; empty: the usual ones.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Whether both plans take attestations, unless the setting says otherwise.</summary>
    public bool HasAttestations { get; init; }

    /// <summary>What only the first plan has, as <see cref="SelectionOutcome.Without"/> writes it.</summary>
    public ImmutableArray<string> Gone { get; init; } = [];

    /// <summary>What only the second plan has.</summary>
    public ImmutableArray<string> Added { get; init; } = [];

    /// <summary>Whether the second plan is one that asks for no list of tags, while the first does.</summary>
    public bool EndsTagLists { get; init; }

    /// <summary>The settings of one plan of the row, typed.</summary>
    /// <param name="run">Which plan, and where.</param>
    public MirrorPullSettings Settings(SelectionRun run)
    {
        MirrorPullSettings settings = new()
        {
            Source = new RegistryEndpoint($"{run.Host}/{Path}"),
            Insecure = true,
            BundleDirectory = run.BundleDirectory,
            TmpDirectory = run.TmpDirectory,
            Components = Components,
            IncludeModules = [.. Modules.Select(rule => (ComponentRule)rule)],
            IncludePlatform = Platform.Length == 0 ? null : VersionConstraint.Parse(Platform),
            SkipVexImages = !HasAttestations,
        };
        return run.IsChanged ? Change(settings) : settings;
    }

    /// <summary>The settings of one plan of the row, as texts by their names in MSBuild.</summary>
    /// <param name="run">Which plan, and where.</param>
    public Dictionary<string, string> Texts(SelectionRun run)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal)
        {
            ["D8MirrorSource"] = $"{run.Host}/{Path}",
            ["D8MirrorInsecure"] = "true",
            ["D8MirrorBundleDirectory"] = run.BundleDirectory,
            ["D8MirrorTmpDir"] = run.TmpDirectory,
            ["D8MirrorIncludeModule"] = string.Join(';', Modules),
            ["D8MirrorIncludePlatform"] = Platform,
            ["D8MirrorSkipVexImages"] = HasAttestations ? "" : "true",
        };
        foreach (MirrorComponents component in Enum.GetValues<MirrorComponents>())
        {
            if (component is not (MirrorComponents.None or MirrorComponents.All) && !Components.HasFlag(component))
            {
                texts[$"D8MirrorNo{component}"] = "true";
            }
        }

        if (run.IsChanged)
        {
            texts[Name] = Value.Replace(Host, run.Host, StringComparison.Ordinal);
        }

        return texts;
    }
}
