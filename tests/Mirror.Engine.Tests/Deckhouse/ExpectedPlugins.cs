using System.Collections.Immutable;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// What a bundle gets of <see cref="DrawnPlugins"/> (docs/behaviour/pull.md#plugins-of-the-platform,
/// docs/behaviour/pull.md#plugin-dependencies), by comparing numbers. A version is usable if a release of the platform
/// is in its range and a usable version of each plugin that it requires is published; a built-in command needs none.
/// </summary>
internal sealed class ExpectedPlugins
{
    private static readonly ImmutableArray<string> BuiltInNames = ["delivery-kit", "package"];

    private readonly DrawnPlugins _drawn;
    private readonly List<(string Name, DrawnPluginVersion Version)> _taken = [];
    private readonly List<string> _builtIn = [];
    private readonly List<string> _leftOut = [];
    private readonly List<string> _denied = [];

    private ExpectedPlugins(DrawnPlugins drawn) => _drawn = drawn;

    /// <summary>The plugins, as <c>name:tag</c>, by name.</summary>
    public IEnumerable<string> Selected => _taken.OrderBy(one => one.Name, StringComparer.Ordinal)
        .ThenByDescending(one => one.Version.Number).Select(one => $"{one.Name}:{one.Version.Tag}");

    /// <summary>Dependencies that are left to a built-in command, as <c>plugin tag: command</c>.</summary>
    public IEnumerable<string> BuiltIn => _builtIn.Order(StringComparer.Ordinal);

    /// <summary>The plugins of the platform that are not taken although the source shows them.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>The plugins of the platform that the source denies.</summary>
    public IReadOnlyList<string> Denied => _denied;

    /// <summary>Why the plugin that a user includes cannot be taken, if so.</summary>
    public string? Fault { get; private set; }

    /// <summary>What the platform brings.</summary>
    public static ExpectedPlugins OfPlatform(DrawnPlugins drawn)
    {
        ExpectedPlugins expected = new(drawn);
        foreach (string name in drawn.PlatformTags.Any() ? (string[])["package", "system"] : [])
        {
            if (drawn[name].IsDenied)
            {
                expected._denied.Add(name);
            }
            else if (expected.Newest(name, null, mustFit: true) is { } version)
            {
                expected.Take(name, version, mustFit: true);
            }
            else
            {
                expected._leftOut.Add(name);
            }
        }

        return expected;
    }

    /// <summary>The same, and the newest usable version of the plugin that a user includes.</summary>
    public static ExpectedPlugins WithIncluded(DrawnPlugins drawn)
    {
        ExpectedPlugins expected = OfPlatform(drawn);
        DrawnPlugin plugin = drawn[DrawnPlugins.Included];
        if (expected.Newest(plugin.Name, null, mustFit: false) is { } version)
        {
            expected.Take(plugin.Name, version, mustFit: false);
        }
        else
        {
            expected.Fault = plugin.Access switch
            {
                DrawnPlugins.Access.Unauthorized => FaultCode.Unauthorized,
                DrawnPlugins.Access.Forbidden => FaultCode.Forbidden,
                _ => plugin.Visible.Any(IsReadable) ? FaultCode.PluginUnusable : FaultCode.PluginMissing,
            };
        }

        return expected;
    }

    public static bool IsBuiltIn(string name) => BuiltInNames.Contains(name);

    private void Take(string name, DrawnPluginVersion version, bool mustFit)
    {
        _taken.Add((name, version));
        foreach ((string needed, (int, int, int)? atLeast) in version.Needs)
        {
            if (_taken.Any(one => one.Name == needed && IsAtLeast(one.Version, atLeast)))
            {
                continue;
            }

            if (Newest(needed, atLeast, mustFit) is { } dependency)
            {
                Take(needed, dependency, mustFit);
            }
            else
            {
                _builtIn.Add($"{name} {version.Tag}: {needed}");
            }
        }
    }

    private DrawnPluginVersion? Newest(string name, (int, int, int)? atLeast, bool mustFit) => _drawn[name].Visible
        .Where(version => IsReadable(version) && IsAtLeast(version, atLeast) && (Fits(version) || !mustFit))
        .Where(version => version.Needs.All(
            need => IsBuiltIn(need.Name) || Newest(need.Name, need.AtLeast, mustFit) is not null))
        .MaxBy(version => version.Number);

    private bool Fits(DrawnPluginVersion version) => _drawn.PlatformMinors.IsEmpty
        || _drawn.PlatformMinors.Any(minor =>
            minor >= (version.FromMinor ?? 0) && minor < (version.BelowMinor ?? int.MaxValue));

    private static bool IsReadable(DrawnPluginVersion version) => !version.IsPrerelease && !version.IsBroken;

    private static bool IsAtLeast(DrawnPluginVersion version, (int, int, int)? atLeast) =>
        atLeast is null || version.Number.CompareTo(atLeast.Value) >= 0;
}
