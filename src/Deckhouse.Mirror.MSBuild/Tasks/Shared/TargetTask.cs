using Microsoft.Build.Framework;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>What the tasks that look at what targets hold share (docs/check.md).</summary>
public abstract partial class TargetTask : ConnectionTask
{
    private protected TargetTask()
    {
    }

    /// <summary>The id of the images: equal content has the same id wherever it is (docs/lock.md).</summary>
    [Output]
    public string StateId { get; set; } = "";
}
