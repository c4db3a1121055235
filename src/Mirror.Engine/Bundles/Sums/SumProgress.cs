namespace Mirror.Engine.Bundles.Sums;

/// <summary>The progress of GOST sums, reported on the threads that compute them.</summary>
/// <param name="Hashed">Takes how many more bytes are hashed.</param>
/// <param name="FileDone">Called when another file is hashed to its end.</param>
internal sealed record SumProgress(Action<int> Hashed, Action FileDone)
{
    /// <summary>Progress that is not shown.</summary>
    public static SumProgress None { get; } = new(static _ => { }, static () => { });
}
