using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>What should be at a target: the tags of a lock, a bundle, an inventory, or of several that agree.</summary>
/// <param name="Images">The tags, each once, by place.</param>
internal sealed record ExpectedState(ImmutableArray<TaggedImage> Images)
{
    private const int Shown = 5;

    /// <summary>The id of what should be there.</summary>
    public string StateId => Plan.StateId.Compute(Images);

    /// <summary>Reads what the settings name.</summary>
    /// <exception cref="MirrorException">
    /// D8M4203: they do not agree. Or what is wrong with a lock (D8M4101, D8M4102), an inventory (D8M4401) or a bundle.
    /// </exception>
    public static async Task<ExpectedState> ReadAsync(
        ExpectedContent expected, IDisk disk, WarningLog warnings, CancellationToken cancellationToken)
    {
        LockFile? locked = LockStore.Demand(disk, expected.LockFile);
        List<(string Name, ImmutableArray<TaggedImage> Images)> sides = [];
        if (locked is not null)
        {
            sides.Add((expected.LockFile!, [.. locked.Images]));
        }

        if (expected.InventoryFile is { } inventory)
        {
            sides.Add((inventory, [.. new HaveStore(disk, inventory).Read().Images]));
        }

        if (expected.HasBundle)
        {
            sides.Add((
                expected.BundleDirectory.Length > 0 ? expected.BundleDirectory : expected.Files[0],
                await ReadBundleAsync(expected, locked, disk, warnings, cancellationToken).ConfigureAwait(false)));
        }

        return Join(sides);
    }

    private static async Task<ImmutableArray<TaggedImage>> ReadBundleAsync(
        ExpectedContent expected,
        LockFile? locked,
        IDisk disk,
        WarningLog warnings,
        CancellationToken cancellationToken)
    {
        using OpenBundle bundle = await OpenBundle.DemandAsync(
            disk, expected.BundleDirectory, expected.Files, warnings, cancellationToken).ConfigureAwait(false);
        LockedBundle.Demand(locked, bundle.Reader);
        return [.. TaggedImage.In(bundle.Reader.Content)];
    }

    private static ExpectedState Join(List<(string Name, ImmutableArray<TaggedImage> Images)> sides)
    {
        SortedDictionary<TagPlace, (string Name, TaggedImage Image)> all = new(TagPlace.Order);
        List<string> differences = [];
        foreach ((string name, ImmutableArray<TaggedImage> images) in sides)
        {
            foreach (TaggedImage image in images)
            {
                string path = Plan.StateId.PathOf(image.Archive, image.Path);
                TagPlace place = new(path, image.Tag);
                if (!all.TryAdd(place, (name, image with { Path = path }))
                    && all[place] is var known && known.Image.Digest != image.Digest)
                {
                    differences.Add(
                        $"{place} is {known.Image.Digest} in {QuotedText.Quote(known.Name)}, {image.Digest} in "
                            + QuotedText.Quote(name));
                }
            }
        }

        if (all.Count == 0)
        {
            throw new MirrorException(new Fault(
                FaultCode.PlanEmpty,
                "Nothing should be at the target: no image is named by "
                    + $"{string.Join(", ", sides.Select(side => QuotedText.Quote(side.Name)))}.",
                "Name a lock, a bundle or an inventory that has images."));
        }

        return differences.Count == 0
            ? new ExpectedState([.. all.Values.Select(known => known.Image)])
            : throw new MirrorException(new Fault(
                FaultCode.NotAsReviewed,
                $"What should be at the target is not one state: {string.Join("; ", differences.Take(Shown))}"
                    + (differences.Count > Shown ? $"; and {differences.Count - Shown} more." : "."),
                $"Name only what should be there now: {SettingName.LockFile}, {SettingName.BundleDirectory} or "
                    + $"{SettingName.Mark("InventoryFile")}."));
    }
}
