using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Writes what a target holds into a file. Nothing is written to the target.</summary>
[MSBuildMultiThreadableTask]
public sealed class D8MirrorInventory : TargetTask
{
    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorInventory inventory = await run.Engine
            .InventoryAsync(
                run.Read<MirrorInventorySettings>(MirrorVerb.Inventory), run.Progress, cancellationToken)
            .ConfigureAwait(false);
        StateId = inventory.StateId;
        return inventory.InventoryFile;
    }
}
