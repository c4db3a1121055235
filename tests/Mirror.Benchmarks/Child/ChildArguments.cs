using System.Globalization;
using Mirror.Engine;

namespace Mirror.Benchmarks.Child;

/// <summary>What a process of its own is asked to do; written and read here only.</summary>
internal sealed record ChildArguments(string Verb)
{
    public const int DefaultConnections = 8;

    public string Source { get; init; } = "";

    public string Target { get; init; } = "";

    /// <summary>The folder of the bundle; for a sync, that of its temporary files.</summary>
    public string Bundle { get; init; } = "";

    public int Connections { get; init; } = DefaultConnections;

    /// <summary>Whether a plan lists its images.</summary>
    public bool Lists { get; init; }

    public TransferLimits Limits => new() { MaxConnections = Connections };

    public string[] Write() =>
    [
        ChildWork.Marker,
        Verb,
        Source,
        Target,
        Bundle,
        Connections.ToString(CultureInfo.InvariantCulture),
        Lists ? "list" : "",
    ];

    public static ChildArguments Parse(string[] args) => new(args[0])
    {
        Source = args[1],
        Target = args[2],
        Bundle = args[3],
        Connections = int.Parse(args[4], CultureInfo.InvariantCulture),
        Lists = args[5].Length > 0,
    };
}
