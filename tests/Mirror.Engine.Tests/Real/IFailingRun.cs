using Mirror.TestKit.Processes;

namespace Mirror.Engine.Tests.Real;

/// <summary>A run whose calls fail, and what must hold after it.</summary>
internal interface IFailingRun
{
    /// <summary>The calls that can fail, each with the errors that a file system gives there.</summary>
    IReadOnlyList<(char Letter, int[] Errors)> Calls { get; }

    /// <summary>Runs in a process of its own, with more variables.</summary>
    Task<ToolResult> RunAsync(IEnumerable<string> variables);

    /// <summary>Notes what an undisturbed run left; after the first <see cref="RunAsync"/>.</summary>
    Task ExpectAsync();

    /// <summary>After a run with failures: it said that it succeeded, or not.</summary>
    void Demand(bool hasSucceeded);

    /// <summary>Runs once more, undisturbed, and compares with what was expected; then begins anew.</summary>
    Task DemandRecoveryAsync();
}
