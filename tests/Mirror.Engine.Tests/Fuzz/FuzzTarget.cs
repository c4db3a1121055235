using System.Collections.Immutable;
using System.Text;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>A parser of foreign bytes, with inputs to begin from and words that belong to its grammar.</summary>
internal sealed record FuzzTarget(
    string Name, Action<byte[]> Run, ImmutableArray<byte[]> Seeds, ImmutableArray<string> Words)
{
    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        .. RegistryTargets.All,
        .. LoginTargets.All,
        .. ImageTargets.All,
        .. MetadataTargets.All,
        .. ReviewTargets.All,
        .. LayerTargets.All,
        .. BundleTargets.All,
        .. SettingTargets.All,
    ];

    /// <summary>The methods that it tries, as <c>Type.Method</c>.</summary>
    public ImmutableArray<string> Covers { get; init; } = [];

    /// <summary>Makes a changed input pass the first gate: checksums, packing.</summary>
    public Func<byte[], byte[]>? Mend { get; init; }

    /// <summary>What the parser may allocate whatever the input: buffers of its own.</summary>
    public long FreeBytes { get; init; } = 256 * 1024;

    /// <summary>A parser of texts.</summary>
    public static FuzzTarget OfText(
        string name, string covers, Action<byte[]> run, ImmutableArray<string> seeds, ImmutableArray<string> words) =>
        new(name, run, [.. seeds.Select(Encoding.UTF8.GetBytes)], words)
        {
            Covers = [.. covers.Split(' ')],
        };
}
