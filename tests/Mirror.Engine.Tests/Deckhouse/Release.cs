using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Makes release channels for tests.</summary>
internal static class Release
{
    /// <summary>The five channels of an edition, each at a minor version of its own.</summary>
    public static ImmutableArray<ChannelRelease> Channels { get; } =
    [
        Channel("alpha", "1.72.1"),
        Channel("beta", "1.71.0"),
        Channel("early-access", "1.70.2"),
        Channel("stable", "1.69.4"),
        Channel("rock-solid", "1.68.9"),
    ];

    /// <summary>A channel that points at a version.</summary>
    public static ChannelRelease Channel(string channel, string version, bool suspended = false)
    {
        Assert.True(SemanticVersion.TryParse(version, out SemanticVersion? parsed));
        Digest digest = Digest.OfSha256(Encoding.UTF8.GetBytes(channel));
        Manifest manifest = new(new Descriptor(MediaType.OciManifest, digest, 9));
        return new ChannelRelease(
            channel,
            new ImageContent("r/release-channel", channel, [manifest], "test"),
            new ReleaseMetadata(parsed, suspended));
    }
}
