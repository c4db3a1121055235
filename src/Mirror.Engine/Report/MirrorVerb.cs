namespace Mirror.Engine;

/// <summary>What a run does.</summary>
public enum MirrorVerb
{
    /// <summary>Downloads from a registry into a bundle.</summary>
    Pull,

    /// <summary>Uploads from a bundle into a registry.</summary>
    Push,

    /// <summary>Copies from one registry into another, without a bundle.</summary>
    Sync,

    /// <summary>Reads and checks a bundle; writes nothing.</summary>
    Verify,

    /// <summary>Says what a pull would download, and downloads nothing.</summary>
    Plan,

    /// <summary>Reads a bundle and checks its GOST R 34.11-2012 checksums.</summary>
    VerifyGostDigest,

    /// <summary>Writes a lock: says which image each tag of a pull stands for.</summary>
    Lock,

    /// <summary>Says whether a lock still is what the source says, and writes nothing.</summary>
    LockCheck,

    /// <summary>Compares two states: what changes from one to the other; writes nothing.</summary>
    Diff,

    /// <summary>Writes what a target holds into a file.</summary>
    Inventory,

    /// <summary>Compares targets with what they should hold; writes nothing.</summary>
    Check,

    /// <summary>Makes a full bundle out of a delta and older bundles.</summary>
    Merge,
}
