using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>The names of CLI plugins (docs/behaviour/pull.md#plugin-names-and-versions).</summary>
internal static partial class PluginName
{
    /// <summary>Commands of every <c>d8</c>: they stand in for a plugin of that name that cannot be pulled.</summary>
    private static readonly FrozenSet<string> BuiltIn =
        FrozenSet.Create(StringComparer.Ordinal, "delivery-kit", "package");

    public static bool IsBuiltIn(string name) => BuiltIn.Contains(name);

    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(
        @"\A[a-z0-9]+([._-][a-z0-9]+)*\z", RegexOptions.ExplicitCapture, OciLimits.PatternMilliseconds)]
    private static partial Regex Pattern();
}
