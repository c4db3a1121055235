namespace Mirror.Engine.Settings;

/// <summary>A setting whose feature is not built yet.</summary>
/// <param name="Member">The member.</param>
/// <param name="IsUsed">Whether the settings ask for it.</param>
/// <param name="Advice">What to do instead.</param>
internal sealed record UnavailableSetting(string Member, Func<MirrorSettings, bool> IsUsed, string Advice)
{
    /// <summary>The one value that is refused; empty: the setting as a whole is.</summary>
    public string Value { get; init; } = "";

    /// <summary>What messages call it.</summary>
    public string Label => Value.Length == 0
        ? SettingsTable.Label(Member)
        : $"{SettingsTable.Label(Member)} = {Value}";
}
