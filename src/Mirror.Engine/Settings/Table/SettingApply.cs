namespace Mirror.Engine.Settings.Table;

/// <summary>Reads the texts of a setting into the settings, or says what is wrong and changes nothing.</summary>
/// <param name="texts">Trimmed, not empty; exactly one unless the setting is a list.</param>
/// <param name="settings">Replaced by a copy that holds the value.</param>
internal delegate Fault? SettingApply(IReadOnlyList<string> texts, ref MirrorSettings settings);
