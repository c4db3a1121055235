namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// What the tasks that read a Deckhouse source share: what to take from where (docs/settings.md#pull).
/// </summary>
public abstract partial class SelectionTask : ConnectionTask
{
    private protected SelectionTask()
    {
    }
}
