using System.Collections.Immutable;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Ends;

/// <summary>What of a plan the target has already, and what is left to do.</summary>
/// <param name="Remaining">The plan without the tags that are there, and without blobs only they need.</param>
/// <param name="Present">The tags of the plan that are there as planned.</param>
/// <param name="Holders">For content of tags that are there: a repository of the target that has it.</param>
/// <param name="Untagged">Repositories that do not exist, or have no tag.</param>
internal sealed record TargetState(
    MirrorPlan Remaining,
    ImmutableArray<PlannedPublication> Present,
    ImmutableDictionary<Digest, string> Holders,
    ImmutableHashSet<string> Untagged);
