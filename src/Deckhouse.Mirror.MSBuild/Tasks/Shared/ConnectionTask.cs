namespace Deckhouse.Mirror.MSBuild;

/// <summary>A task that talks to registries: the settings that are the same for both ends and every verb.</summary>
public abstract partial class ConnectionTask : MirrorTask
{
    private protected ConnectionTask()
    {
    }
}
