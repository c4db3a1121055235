using System.Collections.Immutable;
using System.Text.Json;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// The release channels of an edition and the other tags beside them out of a seed, as numbers: with and without alpha,
/// in order or not, <c>lts</c> above or below rock-solid.
/// </summary>
internal sealed class DrawnChannels
{
    private static readonly ImmutableArray<string> Names =
        ["alpha", "beta", "early-access", "stable", "rock-solid", "lts"];

    private readonly int _seed;
    private readonly Random _random;

    public DrawnChannels(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        (int Minor, int Patch)[] versions = [.. Names.Select(_ => Version())];
        if (_random.Next(3) > 0)
        {
            Array.Sort(versions, 0, 5);
            Array.Reverse(versions, 0, 5);
        }

        if (_random.Next(2) == 0)
        {
            versions[5].Minor = _random.Next(58, 65);
        }

        // Whole editions, editions without alpha, and any others.
        int kind = _random.Next(4);
        Channels =
        [
            .. Names.Zip(versions)
                .Where(channel => kind switch
                {
                    0 => channel.First != "lts" || _random.Next(2) == 0,
                    1 => channel.First != "alpha",
                    2 => channel.First == "lts" || _random.Next(3) > 0,
                    _ => _random.Next(5) > 1,
                })
                .Select(channel => (channel.First, channel.Second, _random.Next(60) == 0)),
        ];
        Others = [.. Enumerable.Range(0, _random.Next(9)).Select(_ => Version()).Distinct()];
        Prereleases = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Version()).Distinct()];
        Since = _random.Next(2) == 0 ? Version() : null;
        Rules = _random.Next(2) == 0 ? SelectionRules.V025 : SelectionRules.V033;
    }

    /// <summary>The channels that exist, with the release 1.MINOR.PATCH of each.</summary>
    public ImmutableArray<(string Name, (int Minor, int Patch) Version, bool IsSuspended)> Channels { get; }

    /// <summary>Releases that are on no channel, or by chance on one.</summary>
    public ImmutableArray<(int Minor, int Patch)> Others { get; }

    /// <summary>Versions that exist as pre-releases.</summary>
    public ImmutableArray<(int Minor, int Patch)> Prereleases { get; }

    /// <summary>The oldest release that a user wants.</summary>
    public (int Minor, int Patch)? Since { get; private init; }

    public SelectionRules Rules { get; }

    public static string Tag((int Minor, int Patch) version) => $"v1.{version.Minor}.{version.Patch}";

    /// <summary>The same edition for a user who wants no older releases.</summary>
    public DrawnChannels WithoutSince() => new(_seed) { Since = null };

    /// <summary>Draws them into a source, and gives the digest of each channel's image.</summary>
    public Dictionary<string, string> DrawInto(SketchedSource source)
    {
        foreach (string tag in Prereleases.Select(version => $"{Tag(version)}-rc.1"))
        {
            source.Platform(tag);
        }

        source.Image(SketchedSource.Channels, ["pr12345"]);
        Dictionary<string, string> digests = new(StringComparer.Ordinal);
        foreach ((int, int) version in Channels.Select(channel => channel.Version).Concat(Others).Distinct())
        {
            (string Name, (int, int) Version, bool IsSuspended)[] own =
                [.. Channels.Where(channel => channel.Version == version)];
            source.Build(Tag(version));
            string digest = source.Image(
                SketchedSource.Channels,
                [Tag(version), .. own.Select(channel => channel.Name)],
                ("version.json", JsonSerializer.Serialize(new
                {
                    version = Tag(version),
                    suspend = own.Any(channel => channel.IsSuspended),
                })),
                ("changelog.yaml", "{}\n"));
            Array.ForEach(own, channel => digests.Add(channel.Name, digest));
        }

        return digests;
    }

    private (int Minor, int Patch) Version() => (_random.Next(64, 73), _random.Next(6));
}
