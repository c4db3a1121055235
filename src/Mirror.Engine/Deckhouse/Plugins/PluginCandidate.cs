using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>A version of a plugin whose contract was read.</summary>
internal sealed record PluginCandidate(string Name, TaggedVersion Version, PluginContract Contract)
{
    public override string ToString() => $"{Name} {Version.Tag}";
}
