namespace Cake.DeckhouseMirror;

/// <summary>What every alias can be told.</summary>
public abstract partial class D8MirrorSettings
{
    private protected D8MirrorSettings()
    {
    }
}
