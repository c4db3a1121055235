namespace Mirror.Benchmarks.Trials;

/// <summary>What a trial is there for.</summary>
internal enum TrialRole
{
    /// <summary>The engine as users have it.</summary>
    Ours,

    /// <summary>The engine, with one thing changed.</summary>
    Variant,

    /// <summary>What the work costs at least, made of the plainest tools.</summary>
    Floor,

    /// <summary>The same requests one after the other, as serial tools make them.</summary>
    Serial,

    /// <summary>Another mirroring tool at the nearest equal work.</summary>
    Peer,

    /// <summary>The engine on one of several sizes of source.</summary>
    Point,
}
