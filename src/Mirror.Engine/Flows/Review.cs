using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Flows.Targets;
using Mirror.Engine.Plan;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>
/// What was approved, and the demand that a pull or push is just that. The file of a diff says what each tag was, so
/// that a push can go on where it was interrupted; an id alone only tells whether both states are the same still.
/// Vulnerability databases are bound to nothing: they change every few hours.
/// </summary>
internal sealed class Review
{
    private const string Member = "Reviewed";

    private readonly string _id;
    private readonly MirrorDiff? _diff;

    private Review(string id, MirrorDiff? diff) => (_id, _diff) = (id, diff);

    /// <summary>The review that a setting names; <see langword="null"/>: it names none.</summary>
    /// <exception cref="MirrorException">D8M4201: it names no diff that can be read.</exception>
    public static Review? Find(IDisk disk, string? reviewed) =>
        string.IsNullOrEmpty(reviewed) ? null
        : FileCheck.IsDiffId(reviewed) ? new Review(reviewed, null)
        : Load(disk, reviewed);

    /// <summary>Whether a pull comes out at what was approved.</summary>
    /// <exception cref="MirrorException">D8M4203.</exception>
    public void Demand(MirrorPlan plan, ImmutableArray<TaggedImage>? earlier)
    {
        ImmutableArray<TaggedImage> planned = [.. TaggedImage.In(plan)];
        string state = StateId.Compute(planned);
        if (_diff is not null)
        {
            DemandAfter($"What {plan.Source} has now", planned, _diff);
        }
        else if (DiffTags.IdOf(StateId.Compute(earlier ?? []), state) is var id && id != _id)
        {
            throw new MirrorException(DiffFaults.OtherDiff(
                $"The change from the bundle in the folder to what {plan.Source} has now", id, _id));
        }
    }

    /// <summary>Whether a push carries what was approved, to where it was approved.</summary>
    /// <exception cref="MirrorException">D8M4201, D8M4202, D8M4203.</exception>
    public async Task DemandAsync(
        ImmutableArray<TaggedImage> bundle,
        TargetSide target,
        string name,
        CancellationToken cancellationToken)
    {
        if (_diff is null)
        {
            ImmutableArray<TaggedImage> present = await target.ReadAsync(bundle, cancellationToken)
                .ConfigureAwait(false);
            string id = DiffTags.IdOf(StateId.Compute(present), StateId.Compute(bundle));
            if (id != _id)
            {
                throw new MirrorException(DiffFaults.OtherDiff($"The change from {name} to the bundle", id, _id));
            }

            return;
        }

        DemandAfter("The bundle", bundle, _diff);
        await DemandBeforeAsync(bundle, target, name, _diff, cancellationToken).ConfigureAwait(false);
    }

    private static Review Load(IDisk disk, string path)
    {
        try
        {
            if (!disk.FileExists(path))
            {
                string? folder = Path.GetDirectoryName(path);
                throw new MirrorException(DiffFaults.Missing(
                    path, Member, folder is not null && disk.DirectoryExists(folder) ? disk.List(folder) : []));
            }

            MirrorDiff diff = DiffFile.Read(NamedFile.Read(disk, path, DiffFile.MaxBytes));
            return new Review(diff.Id, diff);
        }
        catch (FormatException exception)
        {
            throw new MirrorException(DiffFaults.UnreadableFile(path, Member, exception.Message), exception);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, path, "read", member: Member);
        }
    }

    private static void DemandAfter(string what, ImmutableArray<TaggedImage> images, MirrorDiff diff)
    {
        string state = StateId.Compute(images);
        if (state == diff.To.StateId)
        {
            return;
        }

        Dictionary<TagPlace, Digest> found = DiffTags.ByPlace(images)
            .ToDictionary(pair => pair.Key, pair => pair.Value.Digest);
        throw new MirrorException(DiffFaults.OtherState(what, state, diff.To.StateId,
        [
            .. from image in diff.Added.Concat(diff.Moved).Concat(diff.Gone)
               where !StateId.IsDatabase(image.Path)
               let place = new TagPlace(image.Path, image.Tag)
               let now = found.TryGetValue(place, out Digest digest) ? (Digest?)digest : null
               where now != image.Digest
               select $"{place} is {Shown(now)}, approved {Shown(image.Digest)}",
        ]));
    }

    /// <summary>
    /// Each tag of both states: those that change were listed, the others are the same in both. That the list leads
    /// back to the state before proves it complete.
    /// </summary>
    private static async Task DemandBeforeAsync(
        ImmutableArray<TaggedImage> bundle,
        TargetSide target,
        string name,
        MirrorDiff diff,
        CancellationToken cancellationToken)
    {
        Dictionary<TagPlace, Digest?> before = InState(DiffTags.Undo(diff, bundle));
        if (StateId.Compute(DiffTags.Undo(diff, bundle)) != diff.From.StateId)
        {
            throw new MirrorException(DiffFaults.Unreadable(
                "diff", diff.Id, "its tags do not lead from its state before to its state after"));
        }

        Dictionary<TagPlace, Digest?> after = InState(bundle);
        Dictionary<TagPlace, Digest?> expected = new(before);
        foreach ((TagPlace place, Digest? digest) in after)
        {
            expected[place] = digest;
        }

        IReadOnlyDictionary<TagPlace, Digest> found = await target.FindAsync(expected, cancellationToken)
            .ConfigureAwait(false);
        string[] changed =
        [
            .. from place in expected.Keys.Order(TagPlace.Order)
               let now = found.TryGetValue(place, out Digest digest) ? (Digest?)digest : null
               let was = before.GetValueOrDefault(place)
               let will = after.GetValueOrDefault(place)
               where now != was && now != will
               select $"{place} is {Shown(now)}, reviewed {Shown(was)}",
        ];
        if (changed.Length > 0)
        {
            throw new MirrorException(DiffFaults.TargetChanged(name, changed));
        }
    }

    private static Dictionary<TagPlace, Digest?> InState(IEnumerable<TaggedImage> images) => DiffTags.ByPlace(images)
        .Where(pair => !StateId.IsDatabase(pair.Key.Path))
        .ToDictionary(pair => pair.Key, pair => (Digest?)pair.Value.Digest);

    private static string Shown(Digest? digest) => digest?.ToString() ?? "not there";
}
