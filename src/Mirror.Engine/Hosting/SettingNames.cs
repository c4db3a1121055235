using Mirror.Engine.Settings.Table;

namespace Mirror.Engine;

/// <summary>
/// The names that the users of a front end have for the settings. <see cref="MirrorHost.Read{TSettings}"/> reads
/// settings by these names, and <see cref="Fault.TextFor"/> writes faults with them.
/// </summary>
/// <example>
/// <code>
/// SettingNames names = new(name =&gt; "MIRROR_" + name.ToUpperInvariant());
/// Console.Error.WriteLine(fault.TextFor(names.NameOf)); // Set MIRROR_SOURCE ...
/// </code>
/// </example>
public sealed class SettingNames
{
    private readonly Func<string, string> _nameOf;

    /// <summary>Names every setting.</summary>
    /// <param name="nameOf">
    /// The host's name of a setting, for the name in docs/settings.md without its prefix: <c>Source</c>,
    /// <c>NoModules</c>, <c>IncludeModule</c>. For <c>No*</c> it returns what its users call the settings that leave a
    /// component out. Names are compared without their case.
    /// </param>
    /// <exception cref="ArgumentException">Two settings have the same name.</exception>
    public SettingNames(Func<string, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(nameOf);
        _nameOf = nameOf;
        if (SettingsTable.Rows.Select(row => Get(row.Name)).CountBy(name => name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(name => name.Value > 1).Key is { } shared)
        {
            throw new ArgumentException($"Two settings have the name '{shared}'.", nameof(nameOf));
        }
    }

    /// <summary>The name of the setting that a fault is about, as <see cref="Fault.TextFor"/> asks for it.</summary>
    /// <param name="member">
    /// The setting as the fault calls it (<see cref="SettingReference.Member"/>), for example <c>DeckhouseTag</c> or
    /// <c>Components without Modules</c>.
    /// </param>
    /// <returns>The host's name; a text that is not a member is returned unchanged.</returns>
    public string NameOf(string member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return Get(SettingsTable.NameOf(member));
    }

    /// <summary>
    /// The names of all settings that a fault may mean, for a host that shows where a setting is set.
    /// </summary>
    /// <param name="member">As for <see cref="NameOf"/>; <c>Components</c> means several settings.</param>
    /// <returns>The host's names, in the order of docs/settings.md; never empty.</returns>
    public ImmutableArray<string> NamesOf(string member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return [.. SettingsTable.NamesOf(member).Select(Get)];
    }

    /// <summary>The host's name for a name of the table; other names are returned unchanged.</summary>
    internal string Get(string name) =>
        name.StartsWith(SettingsTable.Prefix, StringComparison.Ordinal) ? _nameOf(name[SettingsTable.Prefix.Length..])
        : name;
}
