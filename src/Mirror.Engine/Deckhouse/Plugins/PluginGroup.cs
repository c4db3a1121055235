using System.Collections.Immutable;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>Modules of which a contract wants one (<c>anyOf</c>) or none (<c>noneOf</c>).</summary>
internal sealed record PluginGroup(string Name, ImmutableArray<PluginRequirement> Members);
