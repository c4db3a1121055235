namespace Mirror.Benchmarks.Micro;

/// <summary>Which micro-benchmarks run.</summary>
internal sealed record MicroOptions
{
    /// <summary>A pattern of <c>Namespace.Class.Method</c>.</summary>
    public string Filter { get; init; } = "*";

    public string Output { get; init; } = Path.Combine(RepositoryRoot.Path, "artifacts", "bench", "micro");

    /// <exception cref="ArgumentException">An option is unknown or has no usable value.</exception>
    public static MicroOptions Parse(string[] args)
    {
        MicroOptions options = new();
        for (int at = 0; at < args.Length; at += 2)
        {
            options = (args[at], args.ElementAtOrDefault(at + 1)) switch
            {
                ("--filter", { } pattern) => options with { Filter = pattern },
                ("--output", { } folder) => options with { Output = Path.GetFullPath(folder) },
                _ => throw new ArgumentException($"{args[at]} is no option, or lacks its value.", nameof(args)),
            };
        }

        return options;
    }
}
