using System.Collections.Immutable;
using System.Text.Json;
using Mirror.TestKit.Registry;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// A platform and CLI plugins out of a seed: what is published, what is denied, and what each version requires, as
/// numbers that a test can compare without reading a version or a constraint.
/// </summary>
internal sealed class DrawnPlugins
{
    /// <summary>The plugin that only a user asks for.</summary>
    public const string Included = "p";

    // A plugin requires only plugins behind it in this list, so none requires itself in the end.
    private static readonly ImmutableArray<string> Names = [Included, "system", "package", "delivery-kit", "base"];

    private readonly Random _random;

    public DrawnPlugins(int seed)
    {
        _random = new Random(seed);
        PlatformMinors = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => _random.Next(68, 73)).Distinct()];
        IsCustomBuild = _random.Next(4) == 0;
        Plugins = [.. Names.Select((name, index) => Plugin(name, Names[(index + 1)..]))];
    }

    /// <summary>How the source answers for a plugin.</summary>
    public enum Access
    {
        /// <summary>It has the repository.</summary>
        Published,

        /// <summary>It does not know it.</summary>
        Absent,

        /// <summary>Its catalogue names it, but there is no repository.</summary>
        Listed,

        /// <summary>It answers 401.</summary>
        Unauthorized,

        /// <summary>It answers 403.</summary>
        Forbidden,
    }

    /// <summary>The minor numbers of the releases 1.MINOR.3 in the bundle.</summary>
    public ImmutableArray<int> PlatformMinors { get; }

    /// <summary>Whether a build whose tag is not a version is in the bundle.</summary>
    public bool IsCustomBuild { get; }

    public ImmutableArray<DrawnPlugin> Plugins { get; }

    /// <summary>The tags of the platform in the bundle; none: the platform is not in it.</summary>
    public IEnumerable<string> PlatformTags =>
        PlatformMinors.Select(minor => $"v1.{minor}.3").Concat(IsCustomBuild ? ["pr12345"] : []);

    public DrawnPlugin this[string name] => Plugins.Single(plugin => plugin.Name == name);

    /// <summary>Draws them into a source.</summary>
    public void DrawInto(SketchedSource source)
    {
        foreach (DrawnPlugin plugin in Plugins.Where(plugin => plugin.Access != Access.Absent))
        {
            source.Image(SketchedPlugins.Root, [plugin.Name]);
            if (plugin.Access != Access.Listed)
            {
                source.PluginImage(plugin.Name, "other", ["latest", "main"]);
                foreach (DrawnPluginVersion version in plugin.Versions)
                {
                    source.PluginImage(
                        plugin.Name, version.Tag, [version.Tag], SketchedPlugins.Contract(Contract(version)));
                }
            }
        }
    }

    /// <summary>Makes a registry deny what is denied.</summary>
    public void Deny(TestRegistry registry)
    {
        foreach (DrawnPlugin plugin in Plugins.Where(plugin => plugin.IsDenied))
        {
            registry.Faults.Add(
                request => request.Route.Repository == $"{SketchedPlugins.Root}/{plugin.Name}",
                new RegistryFault { Status = plugin.Access == Access.Forbidden ? 403 : 401 });
        }
    }

    private static string Contract(DrawnPluginVersion version) => version.IsBroken ? "{" : JsonSerializer.Serialize(new
    {
        requirements = new
        {
            deckhouse = new
            {
                constraint = string.Join(
                    ' ',
                    (string?[])
                    [
                        version.FromMinor is { } from ? $">=1.{from}.0" : null,
                        version.BelowMinor is { } below ? $"<1.{below}.0" : null,
                    ]).Trim(),
            },
            plugins = new
            {
                mandatory = version.Needs.Select(need => new
                {
                    name = need.Name,
                    constraint = need.AtLeast is var (major, minor, patch) ? $">={major}.{minor}.{patch}" : "",
                }),
            },
        },
    });

    private DrawnPlugin Plugin(string name, ImmutableArray<string> others) => new(
        name,
        _random.Next(12) switch
        {
            0 => Access.Absent,
            1 => Access.Listed,
            2 => Access.Unauthorized,
            3 => Access.Forbidden,
            _ => Access.Published,
        },
        [
            .. Enumerable.Range(0, _random.Next(6))
                .Select(_ => (_random.Next(2), _random.Next(3), _random.Next(3)))
                .Distinct()
                .Select(number => Version(number, others)),
        ]);

    private DrawnPluginVersion Version((int Major, int Minor, int Patch) number, ImmutableArray<string> others)
    {
        int kind = _random.Next(10);
        string suffix = kind switch { 0 => "-main", 1 => "-rc.1", 2 => "-alpha", _ => "" };
        return new DrawnPluginVersion($"v{number.Major}.{number.Minor}.{number.Patch}{suffix}", number)
        {
            IsPrerelease = kind is 1 or 2,
            IsBroken = kind == 3,
            FromMinor = _random.Next(2) == 0 ? _random.Next(68, 74) : null,
            BelowMinor = _random.Next(4) == 0 ? _random.Next(68, 74) : null,
            Needs =
            [
                .. others.Where(_ => _random.Next(3) == 0).Select(name => (
                    name, _random.Next(4) == 0 ? ((int, int, int)?)null : (_random.Next(2), _random.Next(3), 0))),
            ],
        };
    }
}
