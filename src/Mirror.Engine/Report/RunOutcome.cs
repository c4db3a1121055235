using System.Reflection;

namespace Mirror.Engine.Report;

/// <summary>What every record of a run begins with: which verb ended how, when, and by which version.</summary>
/// <param name="Verb">What the run was.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Started">When it started, in UTC.</param>
/// <param name="Finished">When it ended, in UTC.</param>
internal sealed record RunOutcome(
    MirrorVerb Verb, RunResult Result, DateTimeOffset Started, DateTimeOffset Finished)
{
    /// <summary>Why it failed; empty for a run that succeeded.</summary>
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>The warnings of a run that did not succeed; otherwise the report has them.</summary>
    public ImmutableArray<Fault> Warnings { get; init; } = [];

    /// <summary>The version of the engine.</summary>
    public string Version { get; init; } = typeof(RunOutcome).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The result in a word: <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public string ResultWord => Result switch
    {
        RunResult.Succeeded => "succeeded",
        RunResult.Cancelled => "cancelled",
        _ => "failed",
    };
}

/// <summary>How a run ended.</summary>
internal enum RunResult
{
    /// <summary>Everything was done as asked.</summary>
    Succeeded,

    /// <summary>There is a fault.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,
}
