namespace Mirror.Engine;

/// <summary>The lowest verbosity of a log that shows an event. A host maps it to the verbosities of its log.</summary>
public enum LogDetail
{
    /// <summary>
    /// Normal verbosity: warnings, milestones, and the levels that <c>MIRROR_DEBUG_LOG</c> adds (docs/settings.md).
    /// </summary>
    Normal = 0,

    /// <summary>Verbose: causes of warnings, retries, decisions of the plan.</summary>
    Verbose = 1,

    /// <summary>Diagnostic: requests, and the progress between the lines that a log needs.</summary>
    Diagnostic = 2,
}
