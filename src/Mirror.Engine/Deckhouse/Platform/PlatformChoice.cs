using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Source;

namespace Mirror.Engine.Deckhouse.Platform;

/// <summary>Which platform releases a run takes.</summary>
/// <param name="Tags">Release tags, or one custom build tag, each with why it is taken.</param>
/// <param name="Channels">
/// Channels to store as they are; with an alias, those that point at it at the source.
/// </param>
/// <param name="AliasTag">
/// The tag in the release-channel repository that all default channels of the bundle will point to, if it is there;
/// <see langword="null"/> when no single release is wanted.
/// </param>
/// <param name="Notes">What the user should know.</param>
internal sealed record PlatformChoice(
    ImmutableArray<(string Tag, string Reason)> Tags,
    ImmutableArray<ChannelRelease> Channels,
    string? AliasTag,
    ImmutableArray<Fault> Notes);
