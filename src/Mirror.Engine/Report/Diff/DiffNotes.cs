using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Report.Diff;

/// <summary>
/// What the vendor says of releases that are new. Requirements and migrated modules are told where they come in: each
/// new release is compared with the one before it, the first with the newest that was there.
/// </summary>
/// <param name="Notes">The notes, vulnerabilities first; not more than <see cref="MaxNotes"/>.</param>
/// <param name="Omitted">How many more there are.</param>
/// <param name="Requirements">What is required otherwise.</param>
internal sealed record DiffNotes(
    ImmutableArray<DiffedNote> Notes, int Omitted, ImmutableArray<DiffedRequirement> Requirements)
{
    public const int MaxNotes = 500;

    /// <summary>A comma list of modules that were parts of the platform before.</summary>
    private const string MigratedModules = "migratedModules";

    public static DiffNotes Collect(
        DiffSide from,
        DiffSide to,
        SortedDictionary<TagPlace, TaggedImage> before,
        SortedDictionary<TagPlace, TaggedImage> after)
    {
        List<DiffedNote> notes = [];
        List<DiffedRequirement> requirements = [];
        foreach (NewReleases releases in NewReleases.Find(before, after))
        {
            ReleaseNotes? previous = releases.Base is { } newest ? NotesOf(newest) : null;
            foreach (Release release in releases.Added)
            {
                if (NotesOf(release.Digest) is not { } said)
                {
                    continue;
                }

                notes.AddRange(Told(release.Name, said));
                if (release.IsNewer)
                {
                    AddRequirements(release.Name, said, previous, notes, requirements);
                    previous = said;
                }
            }
        }

        return new DiffNotes(
            [.. notes.OrderBy(note => note.Kind).Take(MaxNotes)],
            Math.Max(0, notes.Count - MaxNotes),
            [.. requirements.Take(MaxNotes)]);

        ReleaseNotes? NotesOf(Digest digest) =>
            to.Notes.GetValueOrDefault(digest) ?? from.Notes.GetValueOrDefault(digest);
    }

    /// <summary>Whose notes are needed: new releases, what they are compared with, channels that moved.</summary>
    public static HashSet<Digest> Wanted(
        SortedDictionary<TagPlace, TaggedImage> before, SortedDictionary<TagPlace, TaggedImage> after)
    {
        HashSet<Digest> wanted = [];
        foreach (NewReleases releases in NewReleases.Find(before, after))
        {
            wanted.UnionWith(releases.Added.Select(release => release.Digest));
            if (releases.Base is { } newest)
            {
                wanted.Add(newest);
            }
        }

        foreach ((TagPlace place, TaggedImage image) in before.Concat(after)
            .Where(pair => ReleaseChannel.IsChannel(pair.Key.Tag) && DiffTags.ReleaseName(pair.Key.Path) is not null))
        {
            if (before.GetValueOrDefault(place)?.Digest != after.GetValueOrDefault(place)?.Digest)
            {
                wanted.Add(image.Digest);
            }
        }

        return wanted;
    }

    private static IEnumerable<DiffedNote> Told(string release, ReleaseNotes said) =>
    [
        .. said.Changes.Select(change => new DiffedNote(
            release,
            change.Component,
            change.NamesVulnerability ? DiffNoteKind.Vulnerability : DiffNoteKind.Impact,
            change.Impact.Length == 0 ? change.Summary : $"{change.Summary.TrimEnd('.')}. Impact: {change.Impact}",
            change.Link)),
        .. said.Disruptions.Select(
            disruption => new DiffedNote(release, "", DiffNoteKind.Disruption, disruption, null)),
        .. said.Unreadable.Select(why => new DiffedNote(release, "", DiffNoteKind.Unreadable, why, null)),
    ];

    private static void AddRequirements(
        string release,
        ReleaseNotes said,
        ReleaseNotes? previous,
        List<DiffedNote> notes,
        List<DiffedRequirement> requirements)
    {
        foreach (string name in said.Requirements.Keys.Union(previous?.Requirements.Keys ?? [])
            .Order(StringComparer.Ordinal))
        {
            string? value = said.Requirements.GetValueOrDefault(name);
            string? was = previous?.Requirements.GetValueOrDefault(name);
            if (name == MigratedModules)
            {
                notes.AddRange(ModulesIn(value).Except(ModulesIn(was), StringComparer.Ordinal)
                    .Select(module => new DiffedNote(release, "", DiffNoteKind.MigratedModule, module, null)));
            }
            else if (value != was)
            {
                requirements.Add(new DiffedRequirement(release, name, value, was));
            }
        }
    }

    private static string[] ModulesIn(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A release that is new.</summary>
    /// <param name="Name">Its name, for people.</param>
    /// <param name="Digest">Its image.</param>
    /// <param name="IsNewer">Whether it is newer than every release that was there.</param>
    private sealed record Release(string Name, Digest Digest, bool IsNewer);

    /// <summary>The new releases of one path, the oldest first.</summary>
    /// <param name="Base">The newest release that was there; <see langword="null"/>: there was none.</param>
    /// <param name="Added">The releases that were not.</param>
    private sealed record NewReleases(Digest? Base, ImmutableArray<Release> Added)
    {
        public static IEnumerable<NewReleases> Find(
            SortedDictionary<TagPlace, TaggedImage> before, SortedDictionary<TagPlace, TaggedImage> after)
        {
            ILookup<string, (SemanticVersion Version, TaggedImage Image)> known = VersionsIn(before);
            foreach (IGrouping<string, (SemanticVersion Version, TaggedImage Image)> path in VersionsIn(after)
                .OrderBy(path => path.Key, StringComparer.Ordinal))
            {
                (SemanticVersion? newest, TaggedImage? image) = known[path.Key].DefaultIfEmpty()
                    .MaxBy(release => release.Version);
                string name = DiffTags.ReleaseName(path.Key) is { Length: > 0 } module ? $"{module} " : "";
                yield return new NewReleases(image?.Digest,
                [
                    .. path
                        .Where(release => !before.ContainsKey(new TagPlace(path.Key, release.Image.Tag)))
                        .OrderBy(release => release.Version)
                        .ThenBy(release => release.Image.Tag, StringComparer.Ordinal)
                        .Select(release => new Release(
                            name + release.Image.Tag,
                            release.Image.Digest,
                            newest is null || release.Version > newest)),
                ]);
            }
        }

        private static ILookup<string, (SemanticVersion Version, TaggedImage Image)> VersionsIn(
            SortedDictionary<TagPlace, TaggedImage> images) => images.Values
            .Where(image => DiffTags.ReleaseName(image.Path) is not null && DiffTags.IsVersion(image.Tag))
            .Select(image => (
                Version: SemanticVersion.TryParse(image.Tag, out SemanticVersion? version) ? version : null,
                Image: image))
            .Where(release => release.Version is not null)
            .ToLookup(
                release => release.Image.Path,
                release => (release.Version!, release.Image),
                StringComparer.Ordinal);
    }
}
