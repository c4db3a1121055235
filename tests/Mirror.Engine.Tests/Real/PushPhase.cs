namespace Mirror.Engine.Tests.Real;

/// <summary>How far a push came that was killed.</summary>
internal enum PushPhase
{
    /// <summary>The target has nothing yet.</summary>
    Looking,

    /// <summary>Blobs are there, and no tag.</summary>
    Blobs,

    /// <summary>Tags of images are there, and no channel.</summary>
    Images,

    /// <summary>Channels are there, and no name for listing.</summary>
    Channels,

    /// <summary>Names for listing are there.</summary>
    Names,

    /// <summary>The push had ended: nothing was left to interrupt.</summary>
    Ended,
}
