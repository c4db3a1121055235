namespace Mirror.Engine.Tests.Real;

/// <summary>A run whose calls fail, and what must hold after it.</summary>
internal interface IFailingRun
{
    /// <summary>The calls that can fail, each with the errors that a file system gives there.</summary>
    IReadOnlyList<(char Letter, int[] Errors)> Calls { get; }

    /// <summary>Prepares a run.</summary>
    /// <returns>The variables that make <see cref="Kit.ChildProcess"/> run.</returns>
    Task<IReadOnlyList<string>> PrepareAsync();

    /// <summary>Notes what an undisturbed run left; after the first run.</summary>
    Task ExpectAsync();

    /// <summary>After a run with failures: it said that it succeeded, or not.</summary>
    void Demand(bool hasSucceeded);

    /// <summary>Runs once more, undisturbed, and compares with what was expected; then begins anew.</summary>
    Task DemandRecoveryAsync();
}
