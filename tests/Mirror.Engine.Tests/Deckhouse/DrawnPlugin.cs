using System.Collections.Immutable;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>A plugin of <see cref="DrawnPlugins"/>.</summary>
internal sealed record DrawnPlugin(
    string Name, DrawnPlugins.Access Access, ImmutableArray<DrawnPluginVersion> Versions)
{
    public bool IsDenied => Access is DrawnPlugins.Access.Unauthorized or DrawnPlugins.Access.Forbidden;

    /// <summary>The versions that a pull can see.</summary>
    public ImmutableArray<DrawnPluginVersion> Visible => Access == DrawnPlugins.Access.Published ? Versions : [];
}
