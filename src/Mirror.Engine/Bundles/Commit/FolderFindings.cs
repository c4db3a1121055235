using System.Collections.Immutable;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Bundles.Commit;

/// <summary>What a bundle folder already holds, seen from a plan.</summary>
/// <param name="Kept">Archives of the plan that are there as planned.</param>
/// <param name="Superseded">Files that the plan's archives make untrue and that no rename replaces.</param>
/// <param name="Conflicts">Files of the plan's archives that another plan or tool made.</param>
/// <param name="Warnings">What else a user should know.</param>
internal sealed record FolderFindings(
    ImmutableHashSet<string> Kept,
    ImmutableArray<string> Superseded,
    ImmutableArray<string> Conflicts,
    ImmutableArray<Fault> Warnings)
{
    /// <summary>The refusal to touch what another plan made.</summary>
    public MirrorException Refusal(string directory) => new(new Fault(
        FaultCode.BundleConflict,
        $"The bundle folder '{directory}' has files that another plan or tool made: {string.Join(", ", Conflicts)}.",
        $"Set {SettingName.Force} to replace them, or {SettingName.BundleDirectory} to another folder."));
}
