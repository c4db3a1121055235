namespace Cake.DeckhouseMirror;

/// <summary>What every alias that talks to a registry can be told (docs/settings.md#connection).</summary>
public abstract partial class D8MirrorRegistrySettings : D8MirrorSettings
{
    private protected D8MirrorRegistrySettings()
    {
    }
}
