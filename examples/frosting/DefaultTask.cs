using Cake.Frosting;

namespace Airgap;

/// <summary>What runs without <c>--target</c>: the plan.</summary>
[TaskName("Default")]
[IsDependentOn(typeof(PlanTask))]
public sealed class DefaultTask : FrostingTask<MirrorContext>;
