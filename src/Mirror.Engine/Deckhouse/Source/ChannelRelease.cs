using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>A release channel: its image and the release it points at.</summary>
internal sealed record ChannelRelease(string Channel, ImageContent Image, ReleaseMetadata Metadata)
{
    public SemanticVersion Version => Metadata.Version;

    /// <summary>The tag of the release that the channel points at.</summary>
    public string Tag => Version.ToTag();
}
