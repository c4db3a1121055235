namespace Mirror.Engine;

/// <summary>
/// How much detail an event is. The numbers are those of <c>MIRROR_DEBUG_LOG</c>; each level includes the lower ones.
/// </summary>
public enum MirrorEventLevel
{
    /// <summary>Warnings; always shown.</summary>
    Warning = 0,

    /// <summary>Milestones: stages, archives, progress.</summary>
    Milestone = 1,

    /// <summary>Causes of warnings, retries.</summary>
    Cause = 2,

    /// <summary>Decisions of the plan, and blobs.</summary>
    Decision = 3,

    /// <summary>Requests, without secrets.</summary>
    Request = 4,
}
