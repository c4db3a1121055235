using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Target;

/// <summary>Plans what goes where at a target: repositories, the order of tags, and the tags that list names.</summary>
internal sealed class TargetPlanner(RegistryAccess target, string? bareRoot)
{
    private readonly TargetTree _tree = new(target, bareRoot);
    private readonly List<Fault> _faults = [];

    /// <summary>What was found out before, for the notes of the plan.</summary>
    public ImmutableArray<Fault> Notes { get; init; } = [];

    /// <exception cref="MirrorException">D8M4001 to D8M4004, all at once; D8M3011 for nothing.</exception>
    public MirrorPlan Plan(string source, ImmutableArray<ArchiveContent> archives)
    {
        ImmutableArray<ArchiveContent> placed = [.. archives.Select(Place)];
        IEnumerable<Fault> unknown = placed
            .SelectMany(archive => archive.Layouts, (archive, layout) => (Archive: archive.Name, Layout: layout))
            .Where(item => item.Layout.Images.Length > 0 && ArchivePlaces.IsUnknown(item.Layout.Path))
            .Select(item => Unknown(item.Archive, item.Layout));
        CheckCollisions(placed);
        CheckLengths(placed);
        if (_faults.Count > 0)
        {
            throw new MirrorException([.. _faults]);
        }

        return new PlanBuilder(target.Host)
        {
            Target = target.Reference,
            Discovery = Discovery(placed),
        }.Build(source, placed, [.. Notes, .. unknown]);
    }

    private static Fault Unknown(string archive, LayoutContent layout) => new(
        FaultCode.PathUnknown,
        $"{archive} has the path '{layout.Path}', which is not a path of an edition; it goes to {layout.Target}.",
        "Push only archives of a mirror pull, unless you want these images there.");

    private ArchiveContent Place(ArchiveContent archive)
    {
        if (ArchivePlaces.Place(archive, out ArchiveContent placed) is { } fault)
        {
            _faults.Add(fault);
            return archive with { Layouts = [] };
        }

        return placed with { Layouts = [.. placed.Layouts.Select(Route)] };
    }

    private LayoutContent Route(LayoutContent layout) => layout with
    {
        Target = _tree.RepositoryOf(layout.Path),
        Images = [.. layout.Images.Select(image => image with { Stage = StageOf(layout.Path, image.ShortTag) })],
    };

    /// <summary>What clusters follow: the channel repository, and tags with the name of a channel anywhere.</summary>
    private static PublishStage StageOf(string path, string tag) =>
        path == "release-channel" || ReleaseChannel.IsChannel(tag) ? PublishStage.Channel : PublishStage.Image;

    /// <summary>With modules directly below the target, a module may have the name of something else there.</summary>
    private void CheckCollisions(ImmutableArray<ArchiveContent> archives)
    {
        foreach (IGrouping<string, string> group in archives
            .SelectMany(archive => archive.Layouts)
            .Where(layout => layout.Images.Length > 0)
            .GroupBy(layout => layout.Target!, layout => layout.Path, StringComparer.Ordinal))
        {
            ImmutableArray<string> paths = [.. group.Distinct(StringComparer.Ordinal)];
            if (paths.Length > 1)
            {
                _faults.Add(new Fault(
                    FaultCode.RepositoriesCollide,
                    $"The paths {string.Join(" and ", paths.Select(path => $"'{path}'"))} of the bundle would all go "
                        + $"to {group.Key}.",
                    $"Give modules a path of their own with {SettingName.ModulesPathSuffix}."));
            }
        }
    }

    private void CheckLengths(ImmutableArray<ArchiveContent> archives)
    {
        foreach (string repository in archives
            .SelectMany(archive => archive.Layouts)
            .Where(layout => layout.Images.Length > 0)
            .Select(layout => layout.Target!)
            .Distinct(StringComparer.Ordinal)
            .Where(repository => !RepositoryName.IsValid(repository)
                || target.Host.Length + 1 + repository.Length > RepositoryName.MaxLength))
        {
            _faults.Add(new Fault(
                FaultCode.ArchiveHasNoPlace,
                $"The bundle needs the repository '{repository}' at {target.Host}, which is not a valid name: at most "
                    + $"{RepositoryName.MaxLength} characters together with the host.",
                "Use a shorter target path."));
        }
    }

    private ImmutableArray<LayoutContent> Discovery(ImmutableArray<ArchiveContent> archives) =>
    [
        .. archives
            .SelectMany(archive => archive.Layouts)
            .Where(layout => layout.Images.Length > 0)
            .Select(layout => TargetTree.CatalogueOf(layout.Path))
            .OfType<(string Catalogue, string Name)>()
            .Distinct()
            .GroupBy(item => item.Catalogue, item => item.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new LayoutContent(
                group.Key, [.. group.Order(StringComparer.Ordinal).Select(DiscoveryImage.Under)])
            {
                Target = _tree.RepositoryOf(group.Key),
            }),
    ];
}
