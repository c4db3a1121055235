using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles.Commit;

/// <summary>
/// Compares a bundle folder with a plan: which archives are there already, which files stand in the way, which
/// belong to neither. Changes nothing.
/// </summary>
internal static class FolderSurvey
{
    public static FolderFindings Compare(
        BundleFolder folder, ImmutableArray<ArchiveLayout> layouts, ImmutableArray<PlannedFile> files)
    {
        IReadOnlyList<string> names = folder.List();
        ImmutableHashSet<string>.Builder kept = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        ImmutableArray<string>.Builder superseded = ImmutableArray.CreateBuilder<string>();
        SortedSet<string> conflicts = new(StringComparer.Ordinal);
        ILookup<string?, string> forms = names.ToLookup(BundleNames.FormOf, StringComparer.Ordinal);
        foreach (ArchiveLayout layout in layouts)
        {
            ImmutableArray<ArchivePart> parts = layout.Parts;
            HashSet<string> own = [.. parts.Select(part => part.Name)];
            bool isKept = IsThere(folder, layout, parts);
            if (isKept)
            {
                kept.Add(layout.Name);
            }

            // A sum beside a kept file is true; files that the archive has not are another, stale form of it.
            List<string> stale =
            [
                .. forms[layout.Name].Where(name => !isKept || !own.Contains(BundleNames.SummedBy(name) ?? name)),
            ];
            conflicts.UnionWith(stale);
            superseded.AddRange(stale.Where(name => !own.Contains(name)));
            if (IsForeign(folder, BundleNames.Inventory(layout.Name), content => BundleJson.ReadInventory(content)))
            {
                conflicts.Add(BundleNames.Inventory(layout.Name));
            }
        }

        if (IsForeign(folder, BundleNames.Index, content => BundleJson.ReadIndex(content)))
        {
            conflicts.Add(BundleNames.Index);
        }

        superseded.AddRange(Outdated(folder, layouts, files));
        conflicts.UnionWith(files.Select(file => file.Name).Concat(Outdated(folder, layouts, files))
            .Where(name => IsChanged(folder, name, files)));
        return new FolderFindings(
            kept.ToImmutable(), superseded.ToImmutable(), [.. conflicts], Warnings(folder, names, layouts));
    }

    private static bool IsThere(
        BundleFolder folder, ArchiveLayout layout, ImmutableArray<ArchivePart> parts) =>
        parts.All(part => folder.LengthOf(part.Name) == part.Length)
        && folder.Read(BundleNames.Inventory(layout.Name)) is { } content
        && BundleJson.ReadInventory(content) is { } inventory
        && inventory.Archive == layout.Name
        && inventory.Bytes == layout.Length
        && (inventory.ChunkBytes ?? 0) == layout.ChunkBytes
        && inventory.Fingerprint == layout.Fingerprint;

    private static bool IsForeign(BundleFolder folder, string name, Func<byte[], object?> read) =>
        folder.Exists(name) && (folder.Read(name) is not { } content || read(content) is null);

    /// <summary>
    /// Files that list the releases of an archive of the plan, and the lock of the bundle, where the plan has none:
    /// they would promise what is no longer in the bundle.
    /// </summary>
    private static IEnumerable<string> Outdated(
        BundleFolder folder, ImmutableArray<ArchiveLayout> layouts, ImmutableArray<PlannedFile> files) => layouts
        .Select(layout => BundleNames.Releases(layout.Name))
        .OfType<string>()
        .Append(LockFile.BundledName)
        .Where(name => folder.Exists(name) && files.All(file => file.Name != name));

    /// <summary>Whether a file is neither as planned nor as the index of an earlier plan of ours has it.</summary>
    private static bool IsChanged(BundleFolder folder, string name, ImmutableArray<PlannedFile> files) =>
        folder.Exists(name)
        && !(folder.Read(name) is { } content
            && (files.Any(file => file.Name == name && content.AsSpan().SequenceEqual(file.Content.Span))
                || Indexed(folder).Contains(new IndexedFile(name, content.Length, Digest.OfSha256(content)))));

    private static ImmutableArray<IndexedFile> Indexed(BundleFolder folder) =>
        folder.Read(BundleNames.Index) is { } content && BundleJson.ReadIndex(content) is { } index
            ? index.Files
            : [];

    private static ImmutableArray<Fault> Warnings(
        BundleFolder folder, IReadOnlyList<string> names, ImmutableArray<ArchiveLayout> layouts)
    {
        HashSet<string> planned = layouts.Select(layout => layout.Name).ToHashSet(StringComparer.Ordinal);
        List<string> foreign =
        [
            .. names.Select(BundleNames.ArchiveOf)
                .OfType<string>()
                .Where(archive => !planned.Contains(archive))
                .Distinct(StringComparer.Ordinal),
        ];
        return foreign.Count == 0
            ? []
            :
            [
                new Fault(
                    FaultCode.ForeignArchives,
                    $"The bundle folder '{folder.Directory}' has archives that are not in this plan and are left as "
                        + $"they are: {string.Join(", ", foreign)}.",
                    "Remove them if you do not need them: a push of the folder includes them."),
            ];
    }
}

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
    public MirrorException Refusal(string directory) => new(new Fault(
        FaultCode.BundleConflict,
        $"The bundle folder '{directory}' has files that another plan or tool made: {string.Join(", ", Conflicts)}.",
        $"Set {SettingName.Force} to replace them, or {SettingName.BundleDirectory} to another folder."));
}
