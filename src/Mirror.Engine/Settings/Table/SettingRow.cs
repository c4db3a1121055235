using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Table;

/// <summary>
/// One setting: its names on every face, what it means, and how its text becomes a value. MSBuild properties,
/// docs/settings.md and the parity test come out of these rows.
/// </summary>
/// <param name="Name">The MSBuild property or item.</param>
/// <param name="Member">The member of the settings record, for example <c>Transfer.MaxConnections</c>.</param>
/// <param name="Kind">How the text is read.</param>
/// <param name="Help">One line of help.</param>
/// <param name="Apply">Reads the text into the settings.</param>
internal sealed record SettingRow(string Name, string Member, SettingKind Kind, string Help, SettingApply Apply)
{
    /// <summary>
    /// What faults call the setting (<see cref="SettingReference.Member"/>): the member, or the part of it that this
    /// row sets where several rows share a member.
    /// </summary>
    public string Reference { get; private init; } = Member;

    /// <summary>The flag of d8, or empty.</summary>
    public string Flag { get; init; } = "";

    /// <summary>Environment variables that are read when the setting is not given.</summary>
    public ImmutableArray<string> Variables { get; init; } = [];

    /// <summary>The default as a text that could be written; empty if the member's default is nothing at all.</summary>
    public string Default { get; init; } = "";

    /// <summary>What happens by default, where <see cref="Default"/> does not say it.</summary>
    public string DefaultNote { get; init; } = "";

    /// <summary>What values are allowed; empty: whatever the kind allows.</summary>
    public string Range { get; init; } = "";

    public SettingVerbs Verbs { get; init; } = SettingVerbs.LikePull;

    /// <summary>Whether several texts (MSBuild items) are expected.</summary>
    public bool IsList => Kind is SettingKind.Rules or SettingKind.Paths or SettingKind.Names;

    public static SettingRow Create<TSettings, TValue>(
        TextKind<TValue> kind,
        string name,
        string member,
        string help,
        Func<TSettings, TValue, TSettings> apply,
        string? reference = null)
        where TSettings : MirrorSettings
    {
        string label = SettingName.Mark(reference ?? member);
        return new SettingRow(name, member, kind.Kind, help, Apply) { Reference = reference ?? member };

        Fault? Apply(IReadOnlyList<string> texts, ref MirrorSettings settings)
        {
            Fault? fault = kind.Read(label, texts, out TValue value);
            settings = fault is null ? apply((TSettings)settings, value) : settings;
            return fault;
        }
    }
}

/// <summary>Reads the texts of a setting into the settings, or says what is wrong and changes nothing.</summary>
/// <param name="texts">Trimmed, not empty; exactly one unless the setting is a list.</param>
/// <param name="settings">Replaced by a copy that holds the value.</param>
internal delegate Fault? SettingApply(IReadOnlyList<string> texts, ref MirrorSettings settings);
