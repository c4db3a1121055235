using System.Collections.Immutable;

namespace Mirror.Engine.Deckhouse;

/// <summary>Modules of which a contract wants one (<c>anyOf</c>) or none (<c>noneOf</c>).</summary>
internal sealed record PluginGroup(string Name, ImmutableArray<PluginRequirement> Members);
