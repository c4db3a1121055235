using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Locked;

/// <summary>
/// Which archives of a partial update come from the source, and which stay as they are locked: those that are named,
/// those that the settings newly want, and those that follow from a change.
/// </summary>
internal sealed class LockUpdate
{
    private const string Platform = "platform.tar";
    private const string PackageVersions = "package-versions.tar";

    private readonly ResolvedParts _resolved;
    private readonly HashSet<string> _taken;

    private LockUpdate(ResolvedParts resolved, HashSet<string> taken, ImmutableArray<LockedArchive> kept)
    {
        _resolved = resolved;
        _taken = taken;
        Kept = kept;
    }

    /// <summary>The archives that stay as they are locked.</summary>
    public ImmutableArray<LockedArchive> Kept { get; }

    /// <summary>Decides.</summary>
    /// <param name="earlier">The earlier lock.</param>
    /// <param name="resolved">Everything, as the source has it now.</param>
    /// <param name="names">The names of archives, with or without their extension.</param>
    /// <param name="floating">The archives that are not locked.</param>
    /// <exception cref="MirrorException">D8M4106: a name that means nothing, all at once.</exception>
    public static LockUpdate Choose(
        LockFile earlier, ResolvedParts resolved, ImmutableArray<string> names, ImmutableArray<string> floating)
    {
        Dictionary<string, LockedArchive> locked = earlier.Archives.ToDictionary(archive => archive.Name);
        Dictionary<string, ArchiveContent> now = resolved.Archives
            .Where(archive => archive.IsKeptEmpty || archive.Layouts.Any(layout => layout.Images.Length > 0))
            .ToDictionary(archive => archive.Name);
        HashSet<string> named = Named(names, [.. locked.Keys, .. now.Keys], floating);
        HashSet<string> taken =
        [
            .. named, .. floating, .. now.Keys.Where(name => !locked.ContainsKey(name)),
        ];
        string[] changed =
        [
            .. taken.Where(name => IsChanged(locked.GetValueOrDefault(name), now.GetValueOrDefault(name))),
        ];
        bool isClusterChanged = changed.Any(name => name == Platform || IsOf("module-", name));
        bool arePackagesChanged = changed.Any(name => IsOf("package-", name) && name != PackageVersions);
        taken.UnionWith(now.Keys.Concat(locked.Keys).Where(name =>
            (isClusterChanged && IsOf("plugin-", name)) || (arePackagesChanged && name == PackageVersions)));
        return new LockUpdate(
            resolved,
            taken,
            [.. earlier.Archives.Where(archive => now.ContainsKey(archive.Name) && !taken.Contains(archive.Name))]);
    }

    /// <summary>Puts what is taken and what stays together.</summary>
    public ResolvedParts Merge(ResolvedParts kept) => new(
        [.. _resolved.Archives.Where(archive => _taken.Contains(archive.Name)), .. kept.Archives],
        [.. _resolved.Notes, .. kept.Notes])
    {
        Files = _taken.Contains(Platform) ? _resolved.Files : kept.Files,
    };

    private static HashSet<string> Named(
        ImmutableArray<string> names, IReadOnlyCollection<string> known, ImmutableArray<string> floating)
    {
        HashSet<string> named = [];
        List<Fault> faults = [];
        foreach (string name in names)
        {
            string archive = name.EndsWith(ArchiveName.Extension, StringComparison.Ordinal)
                ? name
                : name + ArchiveName.Extension;
            if (floating.Contains(archive))
            {
                faults.Add(LockFaults.FloatingPart(name));
            }
            else if (!known.Contains(archive))
            {
                faults.Add(LockFaults.UnknownPart(
                    name, known.Except(floating).Select(Path.GetFileNameWithoutExtension).OfType<string>()));
            }

            named.Add(archive);
        }

        return faults.Count == 0 ? named : throw new MirrorException([.. faults]);
    }

    private static bool IsChanged(LockedArchive? locked, ArchiveContent? now) =>
        !TagsOf(locked).SetEquals(now is null ? [] : TaggedImage.In([now]));

    private static HashSet<TaggedImage> TagsOf(LockedArchive? archive) => archive is null
        ? []
        :
        [
            .. archive.Layouts.SelectMany(layout => layout.Images, (layout, image) =>
                new TaggedImage(archive.Name, layout.Path, image.Tag ?? image.Digest.Hex, image.Digest)),
        ];

    private static bool IsOf(string prefix, string name) => name.StartsWith(prefix, StringComparison.Ordinal);
}
