namespace Cake.DeckhouseMirror;

/// <summary>What to take out of a Deckhouse source, for the aliases that read one (docs/settings.md#pull).</summary>
public abstract partial class D8MirrorSelectionSettings : D8MirrorRegistrySettings
{
    private protected D8MirrorSelectionSettings()
    {
    }
}
