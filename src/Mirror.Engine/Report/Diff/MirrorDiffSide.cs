namespace Mirror.Engine;

/// <summary>One of the two states of a diff.</summary>
/// <param name="Kind">
/// What it is: <c>lock</c>, <c>have</c>, <c>plan</c>, <c>report</c>, <c>bundle</c>, <c>source</c> or <c>target</c>.
/// </param>
/// <param name="Name">
/// <c>host[:port]/path</c> of a registry, or the name of a file or folder without the way to it.
/// </param>
/// <param name="StateId">
/// The id of its tags, 64 hex digits, without those of vulnerability databases (docs/lock.md#state-id).
/// </param>
public sealed record MirrorDiffSide(string Kind, string Name, string StateId)
{
    /// <summary>What <see cref="Kind"/> can be.</summary>
    internal static ImmutableArray<string> Kinds { get; } =
        ["lock", "have", "plan", "report", "bundle", "source", "target"];

    /// <summary>The side for people: <c>bundle 2026-12-01 (0123456789ab)</c>.</summary>
    /// <returns>Kind, name and the first digits of the state id.</returns>
    public override string ToString() => $"{Kind} {Name} ({Plan.StateId.Short(StateId)})";
}
