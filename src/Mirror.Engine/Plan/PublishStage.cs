namespace Mirror.Engine.Plan;

/// <summary>
/// When a tag becomes visible. Later stages wait for all of the earlier ones: nothing is found through a channel before
/// all it leads to is there.
/// </summary>
internal enum PublishStage
{
    /// <summary>Versions, digests and all other tags.</summary>
    Image,

    /// <summary>Release channels, which clusters follow.</summary>
    Channel,

    /// <summary>Tags that only say that something of that name exists; what they point to does not matter.</summary>
    Discovery,
}
