using System.Globalization;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks;

/// <summary>What is measured, and how often.</summary>
internal sealed record BenchOptions
{
    public const string Help =
        """
        Options:
          --quick           200 MB, 100 references, 3 rounds (peers: 1); under 5 minutes on two processors
          --size 2GB        bytes of the source's large layers (MB and GB are powers of ten)
          --references N    its tags and untagged images (480)
          --rounds N        rounds of our own work and of the floors (5; quick: 3)
          --peer-rounds N   rounds of the peers (5; quick: 1)
          --only A,B        only these works: startup, plan, pull, connections, resume, verify, push, again, sync,
                            roundtrip, growth (quick: all but connections and growth)
          --growth-references A,B,C   sizes of growth by images (100,1000,10000)
          --growth-sizes A,B,C        sizes of growth by bytes (200MB,2GB,20GB)
          --output FOLDER   where bench.md and bench.json go (artifacts/bench)

        micro: parts of the engine by themselves; options:
          --filter PATTERN  only those whose Namespace.Class.Method matches ("*Streebog*")
          --output FOLDER   where their tables go (artifacts/bench/micro)
        """;

    /// <summary>The names that <c>--only</c> takes.</summary>
    public static readonly string[] Works =
        ["startup", "plan", "pull", Connections, "resume", "verify", "push", "again", "sync", "roundtrip", Growth];

    private const string Growth = "growth";
    private const string Connections = "connections";

    /// <summary>Those with a source of their own.</summary>
    private static readonly string[] Apart = ["roundtrip", Growth];

    public bool IsQuick { get; init; }

    public long Bytes { get; init; } = 2_000_000_000;

    public int References { get; init; } = 480;

    public int Modules { get; init; } = 8;

    public int Rounds { get; init; } = 5;

    public int PeerRounds { get; init; } = 5;

    public string Output { get; init; } = Path.Combine(RepositoryRoot.Path, "artifacts", "bench");

    public IReadOnlyList<string> Only { get; init; } = Works;

    /// <summary>References of the sources that differ in the number of images.</summary>
    public IReadOnlyList<int> GrowthReferences { get; init; } = [100, 1000, 10_000];

    /// <summary>Bytes of the sources that differ in them.</summary>
    public IReadOnlyList<long> GrowthBytes { get; init; } = [200_000_000, 2_000_000_000, 20_000_000_000];

    /// <summary>Added round trips in milliseconds.</summary>
    public IReadOnlyList<int> RoundTrips { get; init; } = [20, 100];

    /// <summary>The source of everything but the round trips.</summary>
    public SeededSourceOptions Source => new()
    {
        Seed = 11,
        TotalBytes = Bytes,
        References = References,
        SharedShare = 0.7,
        Modules = Modules,
    };

    /// <summary>A source so small that only the number of round trips counts.</summary>
    public SeededSourceOptions SmallSource => IsQuick
        ? new() { Seed = 12, TotalBytes = 5_000_000, References = 100, SharedShare = 0.7, Modules = 2 }
        : new() { Seed = 12, TotalBytes = 20_000_000, References = 480, SharedShare = 0.7, Modules = 8 };

    /// <summary>Whether any work needs <see cref="Source"/>.</summary>
    public bool NeedsSource => Only.Except(Apart, StringComparer.Ordinal).Any();

    public bool Has(string work) => Only.Contains(work, StringComparer.Ordinal);

    /// <exception cref="ArgumentException">An option is unknown or has no usable value.</exception>
    public static BenchOptions Parse(string[] args)
    {
        BenchOptions options = new();
        if (args.Contains("--quick", StringComparer.Ordinal))
        {
            options = options with
            {
                IsQuick = true,
                Bytes = 200_000_000,
                References = 100,
                Modules = 2,
                Rounds = 3,
                PeerRounds = 1,
                RoundTrips = [20],
                Only = [.. Works.Except([Growth, Connections], StringComparer.Ordinal)],
            };
        }

        for (int at = 0; at < args.Length; at++)
        {
            options = args[at] == "--quick" ? options : options.With(args[at], args.ElementAtOrDefault(++at));
        }

        return options;
    }

    private BenchOptions With(string name, string? value) => (name, value) switch
    {
        ("--size", { } size) => this with { Bytes = Size(name, size) },
        ("--references", { } number) => this with { References = Number(name, number) },
        ("--rounds", { } number) => this with { Rounds = Number(name, number) },
        ("--peer-rounds", { } number) => this with { PeerRounds = Number(name, number) },
        ("--output", { } folder) => this with { Output = Path.GetFullPath(folder) },
        ("--growth-references", { } list) =>
            this with { GrowthReferences = [.. list.Split(',').Select(number => Number(name, number))] },
        ("--growth-sizes", { } list) =>
            this with { GrowthBytes = [.. list.Split(',').Select(size => Size(name, size))] },
        ("--only", { } names) => this with { Only = Chosen(names) },
        _ => throw new ArgumentException($"{name} is no option, or lacks its value.", nameof(name)),
    };

    private static string[] Chosen(string names)
    {
        string[] chosen = names.Split(',');
        return Array.Find(chosen, name => !Works.Contains(name, StringComparer.Ordinal)) is { } unknown
            ? throw new ArgumentException($"--only knows no {unknown}.", nameof(names))
            : chosen;
    }

    private static int Number(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"{name} takes a number above 0, not {text}.", nameof(text));

    private static long Size(string name, string text)
    {
        long unit = text.EndsWith("GB", StringComparison.Ordinal) ? 1_000_000_000
            : text.EndsWith("MB", StringComparison.Ordinal) ? 1_000_000
            : throw new ArgumentException($"{name} takes MB or GB, not {text}.", nameof(text));
        return Number(name, text[..^2]) * unit;
    }
}
