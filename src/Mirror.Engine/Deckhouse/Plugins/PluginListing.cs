using System.Collections.Immutable;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>The tags of a repository of plugins, or that the source keeps it to others.</summary>
/// <param name="Tags">The tags; none: it does not exist, or is refused.</param>
/// <param name="Refusal">The answer 401 or 403, or <see langword="null"/>.</param>
internal sealed record PluginListing(ImmutableArray<string> Tags, MirrorException? Refusal);
