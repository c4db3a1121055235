using System.Collections.Immutable;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>A version of a plugin that is taken.</summary>
/// <param name="Plugin">The version.</param>
/// <param name="Reasons">Why it is taken, for people; each once.</param>
internal sealed record SelectedPlugin(PluginCandidate Plugin, ImmutableArray<string> Reasons);
