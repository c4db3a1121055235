using Mirror.Engine.Plan;

namespace Mirror.Engine.Report.Diff;

/// <summary>
/// What makes a document a diff: names, tags and digests are such, each tag is in one list once, the counts are those
/// of the lists, the id is that of the two states, and states are equal exactly if no tag of theirs changes.
/// </summary>
internal static class DiffDocumentCheck
{
    private const int MaxNameLength = 1024;

    /// <exception cref="FormatException">The document is no diff; says why.</exception>
    public static MirrorDiff Check(DiffDocument document)
    {
        Require(document.Format == DiffFile.CurrentFormat, $"its format is not {DiffFile.CurrentFormat}.");
        MirrorDiff diff = new()
        {
            From = Side(document.From),
            To = Side(document.To),
            Archives = [.. Items(document.Archives).Select(Archive)],
            Bytes = Bytes(document.Bytes),
            Notes = [.. Items(document.Notes).Select(note => new DiffedNote(
                note.Release, note.Component, note.Kind, note.Text, note.Link))],
            OmittedNotes = document.OmittedNotes,
            Requirements = [.. Items(document.Requirements).Select(requirement => new DiffedRequirement(
                requirement.Release, requirement.Name, requirement.Value, requirement.Was))],
            Added = [.. Items(document.Added).Select(image => Image(image, isNow: true, wasBefore: false))],
            Moved = [.. Items(document.Moved).Select(image => Image(image, isNow: true, wasBefore: true))],
            Gone = [.. Items(document.Gone).Select(image => Image(image, isNow: false, wasBefore: true))],
        };
        Require(document.Id == diff.Id, "its id is not that of its two states.");
        Require(diff.OmittedNotes >= 0, "it omits less than no note.");
        CheckTags(diff);
        CheckCounts(diff);
        return diff;
    }

    private static MirrorDiffSide Side(DiffDocumentSide side)
    {
        Require(MirrorDiffSide.Kinds.Contains(side.Kind), "one of its states is of an unknown kind.");
        Require(side.Name.Length is > 0 and <= MaxNameLength, "one of its states has no name, or too long a one.");
        Require(DiffTags.IsId(side.State), "one of its states has no id.");
        return new MirrorDiffSide(side.Kind, side.Name, side.State);
    }

    private static DiffedArchive Archive(DiffDocumentArchive archive) =>
        new(NameOf(archive.Name), Bytes(archive.Bytes))
        {
            VersionsAdded = [.. Items(archive.Versions.Added)],
            VersionsGone = [.. Items(archive.Versions.Gone)],
            Channels = [.. Items(archive.Channels).Select(channel => new DiffedChannel(
                channel.Name, channel.Was, channel.Now))],
            Added = archive.Counts.Added,
            Moved = archive.Counts.Moved,
            Gone = archive.Counts.Gone,
        };

    private static DiffedBytes Bytes(DiffDocumentBytes bytes)
    {
        int unknown = bytes.UnknownImages ?? 0;
        Require(bytes is { New: >= 0, Known: >= 0, Gone: >= 0 } && unknown >= 0, "it counts less than no byte.");
        return new DiffedBytes(bytes.New, bytes.Known, bytes.Gone, bytes.Exact, unknown);
    }

    private static ChangedImage Image(DiffDocumentImage image, bool isNow, bool wasBefore)
    {
        Require(
            image.Path.Length <= MaxNameLength && DiffTags.IsWellFormed(image.Path, image.Tag),
            "one of its tags cannot be the tag of an image.");
        Require(
            (image.Digest is not null) == isNow && (image.Was is not null) == wasBefore,
            "one of its tags is in the wrong list.");
        ChangedImage changed = new(
            NameOf(image.Archive), image.Path, image.Tag, DigestOf(image.Digest), DigestOf(image.Was));
        Require(changed.Digest != changed.Was, "one of its tags moved to where it was.");
        return changed;
    }

    private static string NameOf(string name)
    {
        Require(ArchiveName.IsValid(name), "one of its archives cannot be named so.");
        return name;
    }

    private static Digest? DigestOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        Require(Digest.TryParse(text, out Digest digest), "one of its digests is none.");
        return digest;
    }

    private static void CheckTags(MirrorDiff diff)
    {
        HashSet<TagPlace> places = [];
        bool areSame = true;
        foreach (ChangedImage image in diff.Added.Concat(diff.Moved).Concat(diff.Gone))
        {
            Require(places.Add(new TagPlace(image.Path, image.Tag)), "one of its tags changes twice.");
            areSame &= StateId.IsDatabase(image.Path);
        }

        Require(areSame == (diff.From.StateId == diff.To.StateId), "its tags do not lead from one state to the other.");
    }

    private static void CheckCounts(MirrorDiff diff)
    {
        Dictionary<string, (int Added, int Moved, int Gone)> counts = new(StringComparer.Ordinal);
        foreach (ChangedImage image in diff.Added.Concat(diff.Moved).Concat(diff.Gone))
        {
            (int added, int moved, int gone) = counts.GetValueOrDefault(image.Archive);
            counts[image.Archive] = image switch
            {
                { Was: null } => (added + 1, moved, gone),
                { Digest: null } => (added, moved, gone + 1),
                _ => (added, moved + 1, gone),
            };
        }

        Require(
            diff.Archives.Length == counts.Count
                && diff.Archives.All(archive => counts.Remove(archive.Name, out (int Added, int Moved, int Gone) count)
                    && count == (archive.Added, archive.Moved, archive.Gone)),
            "its counts are not those of its tags.");
    }

    /// <summary>The serializer refuses a null only where it is no item of a list.</summary>
    private static ImmutableArray<T> Items<T>(ImmutableArray<T> items)
        where T : class
    {
        Require(!items.IsDefault && items.All(item => item is not null), "one of its lists has a hole.");
        return items;
    }

    private static void Require(bool isTrue, string why)
    {
        if (!isTrue)
        {
            throw new FormatException(why);
        }
    }
}
