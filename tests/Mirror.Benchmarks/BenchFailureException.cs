namespace Mirror.Benchmarks;

/// <summary>Work that was to be measured failed, or its result is wrong.</summary>
internal sealed class BenchFailureException(string message) : Exception(message);
