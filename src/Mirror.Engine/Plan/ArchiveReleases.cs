using Mirror.Engine.Versions;

namespace Mirror.Engine.Plan;

/// <summary>What an archive carries, in the words of a release manager.</summary>
/// <param name="Archive">The file name of the archive.</param>
/// <param name="Versions">The versions in its uppermost repository, the newest first.</param>
/// <param name="Channels">Its release channels, the least stable first; with the version where it is known.</param>
internal sealed record ArchiveReleases(
    string Archive, ImmutableArray<string> Versions, ImmutableArray<string> Channels)
{
    /// <summary>Those archives of a plan that have versions or channels.</summary>
    public static ImmutableArray<ArchiveReleases> Find(MirrorPlan plan) =>
        [.. plan.Archives.Select(Find).Where(archive => archive.Versions.Length + archive.Channels.Length > 0)];

    /// <summary>
    /// Reads the tags of an archive: versions in its uppermost repository, channels anywhere. An archive of several
    /// such repositories, for example of databases, has no release of its own.
    /// </summary>
    public static ArchiveReleases Find(PlannedArchive archive)
    {
        string[] paths = [.. archive.Layouts.Select(layout => layout.Path)];
        PlannedLayout[] uppermost =
            [.. archive.Layouts.Where(layout => !paths.Any(path => IsBelow(layout.Path, path)))];
        return uppermost is not [var main]
            ? new ArchiveReleases(archive.Name, [], [])
            : new ArchiveReleases(
                archive.Name,
                TagOrder.NewestFirst(
                    main.Images.Select(image => image.Tag).Where(IsVersion).Distinct(StringComparer.Ordinal)),
                [.. ReleaseChannel.All.Select(channel => Channel(archive, channel)).OfType<string>()]);
    }

    private static string? Channel(PlannedArchive archive, string name)
    {
        bool isThere = false;
        foreach (PlannedLayout layout in archive.Layouts)
        {
            foreach (PlannedImage image in layout.Images.Where(image => image.Tag == name))
            {
                isThere = true;
                string? version = layout.Images.FirstOrDefault(
                    other => other.Digest == image.Digest && IsVersion(other.Tag))?.Tag ?? image.ChannelVersion;
                if (version is not null)
                {
                    return $"{name} = {version}";
                }
            }
        }

        return isThere ? name : null;
    }

    /// <summary>A tag of digits alone is a number, or somebody's hash.</summary>
    private static bool IsVersion(string tag) =>
        tag.Contains('.', StringComparison.Ordinal) && SemanticVersion.TryParse(tag, out _);

    private static bool IsBelow(string path, string other) =>
        path != other && (other.Length == 0 || path.StartsWith(other + "/", StringComparison.Ordinal));
}
