using Mirror.Engine.Bundles.Format;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>A bundle whose files all have their final names.</summary>
/// <param name="Layouts">Its archives, in the order of the plan.</param>
/// <param name="Sums">The GOST sums by file; empty if none were asked for.</param>
/// <param name="Warnings">What an earlier run had flushed and was not there any more (D8M6020).</param>
internal sealed record CommittedBundle(
    ImmutableArray<ArchiveLayout> Layouts,
    ImmutableDictionary<string, string> Sums,
    ImmutableArray<Fault> Warnings);
