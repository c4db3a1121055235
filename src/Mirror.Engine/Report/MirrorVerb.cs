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
}
