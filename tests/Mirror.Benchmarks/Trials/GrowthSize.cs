namespace Mirror.Benchmarks.Trials;

/// <summary>How large the source of a trial is.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Count">How many of it.</param>
internal sealed record GrowthSize(GrowthUnit Unit, double Count);
