using System.Text.RegularExpressions;

namespace Mirror.Engine.Oci;

/// <summary>The grammars of distribution-spec 1.1 for repository names and tags.</summary>
internal static partial class RepositoryName
{
    /// <summary>Host, slash and name together, which other clients bound at 255 (distribution-spec).</summary>
    public const int MaxLength = 255;

    public const int MaxTagLength = 128;

    public static bool IsValid(string name) => name.Length is > 0 and <= MaxLength && NamePattern().IsMatch(name);

    public static bool IsValidTag(string tag) => TagPattern().IsMatch(tag);

    /// <summary>Joins path parts; empty parts vanish.</summary>
    public static string Join(params ReadOnlySpan<string> parts)
    {
        List<string> kept = [];
        foreach (string part in parts)
        {
            if (part.Length > 0)
            {
                kept.Add(part);
            }
        }

        return string.Join('/', kept);
    }

    [GeneratedRegex(
        @"\A[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z",
        RegexOptions.ExplicitCapture, OciLimits.PatternMilliseconds)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z", RegexOptions.None, OciLimits.PatternMilliseconds)]
    private static partial Regex TagPattern();
}
