namespace Mirror.Engine;

/// <summary>Why a note is told.</summary>
public enum DiffNoteKind
{
    /// <summary>It names a vulnerability, by CVE or BDU.</summary>
    Vulnerability,

    /// <summary>The change has an impact on a cluster, such as restarts.</summary>
    Impact,

    /// <summary>The release has a disruption, which a cluster has to approve.</summary>
    Disruption,

    /// <summary>A part of the platform has become a module, which must be at hand.</summary>
    MigratedModule,

    /// <summary>A file of the release cannot be read, so nothing is known of what it says.</summary>
    Unreadable,
}
