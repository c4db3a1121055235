using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Mirror.Engine.Plan;
using Mirror.Engine.Report.Diff;

namespace Mirror.Engine.Tests.Report.Diff;

/// <summary>States that a seed draws: of a few paths and tags, so that two of them have much in common.</summary>
internal sealed class DrawnSides(int seed)
{
    private static readonly ImmutableArray<(string Archive, string Path)> Places =
    [
        ("platform.tar", ""), ("platform.tar", "install"), ("platform.tar", "release-channel"),
        ("module-console.tar", "modules/console"), ("module-console.tar", "modules/console/release"),
        ("security.tar", "security/trivy-db"),
    ];

    private static readonly ImmutableArray<string> Tags =
        ["v1.69.0", "v1.70.4", "v1.71.3", "stable", "alpha", "2", Hex("component"), $"sha256-{Hex("image")}.att"];

    private readonly Random _random = new(seed);

    public static string Hex(string text) => Digest.OfSha256(Encoding.UTF8.GetBytes(text)).Hex;

    public static Digest DigestOf(int content) =>
        Digest.OfSha256(Encoding.UTF8.GetBytes(content.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A side of which everything is known.</summary>
    public DiffSide Draw(string kind)
    {
        ImmutableArray<TaggedImage> images =
        [
            .. from place in Places
               from tag in Tags
               where _random.Next(3) > 0
               select new TaggedImage(place.Archive, place.Path, tag, DigestOf(_random.Next(12))),
        ];
        return new DiffSide(kind, "drawn", [.. images.OrderBy(_ => _random.Next())])
        {
            Pieces = images.Select(image => image.Digest).Distinct()
                .ToDictionary(digest => digest, digest => PiecesOf(digest).ToImmutableArray()),
        };
    }

    /// <summary>A manifest and two layers, of which each has others that share it.</summary>
    public static IEnumerable<DiffPiece> PiecesOf(Digest image)
    {
        int number = Enumerable.Range(0, 12).Single(content => DigestOf(content) == image);
        return
        [
            new DiffPiece(image, 100 + number),
            new DiffPiece(DigestOf(1000 + (number / 2)), 10_000),
            new DiffPiece(DigestOf(2000 + (number % 3)), 1_000_000),
        ];
    }
}
