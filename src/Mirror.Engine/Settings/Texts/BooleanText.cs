namespace Mirror.Engine.Settings.Texts;

/// <summary>Booleans as MSBuild writes them: <c>true</c> or <c>false</c> in any case, nothing else.</summary>
internal static class BooleanText
{
    public static bool TryParse(string text, out bool value)
    {
        value = string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        return value || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);
    }
}
