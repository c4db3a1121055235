namespace Mirror.Benchmarks.Trials;

/// <summary>One way to do a work.</summary>
/// <param name="Work">The work; trials of one work are compared.</param>
/// <param name="Name">Who does it, and how.</param>
/// <param name="Role">What it is there for.</param>
/// <param name="PayloadBytes">The bytes that the work is about; 0: it is about none.</param>
/// <param name="PrepareAsync">Makes everything that is not to be measured.</param>
internal sealed record Trial(
    string Work, string Name, TrialRole Role, long PayloadBytes, Func<Task<PreparedTrial>> PrepareAsync)
{
    /// <summary>How large its source is, where several sizes are compared.</summary>
    public GrowthSize? Size { get; init; }

    /// <summary>The most rounds it takes part in.</summary>
    public int MostRounds { get; init; } = int.MaxValue;
}
