namespace Mirror.Engine.Tests.Real;

/// <summary>Calls of a process that fail.</summary>
/// <param name="Letter">Which call, as <c>failing-calls.c</c> names it.</param>
/// <param name="Error">The error number; 0: a write that is short.</param>
/// <param name="From">The first one that fails, from 1.</param>
/// <param name="Count">How many fail.</param>
internal sealed record FailedCall(char Letter, int Error, int From, int Count)
{
    public const int AllCalls = 1_000_000;

    /// <summary>No call fails.</summary>
    public static FailedCall None { get; } = new('-', 0, 0, 0);

    /// <summary>What <c>fail_calls</c> takes.</summary>
    public string Arguments => $"{Letter},{From},{Count},{Error}";

    public const int Io = 5;
    public const int Exists = 17;
    public const int CrossDevice = 18;
    public const int Invalid = 22;
    public const int TooLarge = 27;
    public const int NoSpace = 28;
    public const int ReadOnly = 30;
    public const int NoLocks = 37;
    public const int Stale = 116;
    public const int Quota = 122;
}
