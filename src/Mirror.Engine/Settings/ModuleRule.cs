namespace Mirror.Engine;

/// <summary>
/// A module, package or plugin by name, with an optional version constraint. A text <c>name</c> or
/// <c>name@constraint</c> converts to a rule; a malformed one is reported with all other faults when the settings are
/// checked (D8M1009, D8M1010, D8M1011).
/// </summary>
public sealed record ModuleRule
{
    /// <summary>Makes a rule.</summary>
    /// <param name="name">The name.</param>
    /// <param name="constraint">The versions; <see langword="null"/>: what the release channels say.</param>
    public ModuleRule(string name, VersionConstraint? constraint = null)
    {
        Name = name;
        Constraint = constraint;
        Text = constraint is null ? name : $"{name}@{constraint}";
    }

    private ModuleRule(string text, bool unparsed)
    {
        Name = "";
        Text = text;
        IsUnparsed = unparsed;
    }

    /// <summary>The name, as the registry spells it.</summary>
    public string Name { get; }

    /// <summary>The versions, or <see langword="null"/> for what the release channels say.</summary>
    public VersionConstraint? Constraint { get; }

    /// <summary>The rule as it was written.</summary>
    internal string Text { get; }

    /// <summary>Whether the rule still is the text that a user typed; SettingsCheck parses it.</summary>
    internal bool IsUnparsed { get; }

    /// <summary>Makes a rule of a text.</summary>
    /// <param name="text"><c>name</c> or <c>name@constraint</c>.</param>
    /// <returns>The rule.</returns>
    public static ModuleRule FromString(string text) => new(text, unparsed: true);

    /// <summary>Makes a rule of a text.</summary>
    /// <param name="text"><c>name</c> or <c>name@constraint</c>.</param>
    public static implicit operator ModuleRule(string text) => FromString(text);

    /// <summary>Returns the rule as it was written.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}
