using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

/// <summary>
/// Turns the contents of archives into a plan: each image once per layout, each piece of content once at all, in the
/// order of transfer. Archives without any image are left out, unless their form requires them. Layouts with a target
/// also become tags to write there.
/// </summary>
internal sealed class PlanBuilder
{
    private readonly string _host;
    private readonly ContentIndex _contents = new();
    private readonly PublicationPlan _publications;
    private readonly List<Fault> _faults = [];

    /// <param name="host">The host of the source, or of the target if there is one; for references.</param>
    public PlanBuilder(string host)
    {
        _host = host;
        _publications = new PublicationPlan(_contents);
    }

    /// <summary>The target for people; <see langword="null"/>: there is none.</summary>
    public string? Target { get; init; }

    /// <summary>What is pushed besides the archives: tags to find names by.</summary>
    public ImmutableArray<LayoutContent> Discovery { get; init; } = [];

    /// <summary>What the bundle holds beside its archives.</summary>
    public ImmutableArray<PlannedFile> Files { get; init; } = [];

    /// <exception cref="MirrorException">D8M4001 and D8M4002, all at once; D8M3011 for an empty plan.</exception>
    public MirrorPlan Build(string source, IEnumerable<ArchiveContent> archives, ImmutableArray<Fault> notes)
    {
        ImmutableArray<ArchiveContent> filled = [.. archives
            .Where(archive => archive.IsKeptEmpty || archive.Layouts.Any(layout => layout.Images.Length > 0))
            .OrderBy(archive => archive.Name, StringComparer.Ordinal)];
        foreach (ArchiveContent archive in filled)
        {
            Collect(archive.Layouts, archive.Name);
        }

        Collect(Discovery, "the list of names");
        ImmutableArray<PlannedArchive> planned = [.. filled.Select(Plan)];
        if (planned.All(archive => archive.ImageCount == 0))
        {
            _faults.Add(PlanFaults.Empty(source, notes));
        }

        return _faults.Count > 0 ? throw new MirrorException([.. _faults]) : new MirrorPlan
        {
            Source = source,
            Target = Target,
            Archives = planned,
            Files = [.. Files.OrderBy(file => file.Name, StringComparer.Ordinal)],
            DiscoveryTags = [.. Discovery.SelectMany(
                layout => layout.Images, (layout, image) => $"{_host}/{layout.Target}:{image.ShortTag}")],
            Notes = notes,
            DeltaBase = filled.SelectMany(archive => archive.Layouts).Select(layout => layout.DeltaBase)
                .FirstOrDefault(deltaBase => deltaBase is not null),
            Blobs = InOrder(planned),
            Publications = _publications.Build(),
        };
    }

    private void Collect(ImmutableArray<LayoutContent> layouts, string origin)
    {
        foreach (LayoutContent layout in layouts)
        {
            foreach (ImageContent image in layout.Images)
            {
                _contents.Add(image, layout.Target, _faults);
                if (layout.Target is not null)
                {
                    _publications.Add(layout.Target, image, origin, _faults);
                }
            }
        }
    }

    /// <summary>
    /// A registry takes manifests only when all they refer to is there: they are published, not moved.
    /// </summary>
    private ImmutableArray<PlannedBlob> InOrder(ImmutableArray<PlannedArchive> archives)
    {
        HashSet<PlannedBlob> seen = new(_contents.Count, ReferenceEqualityComparer.Instance);
        IEnumerable<PlannedBlob> discovery = Discovery
            .SelectMany(layout => layout.Images)
            .SelectMany(image => image.Manifests)
            .SelectMany(manifest => manifest.Blobs)
            .Select(blob => _contents.Get(blob.Digest));
        return [.. archives
            .SelectMany(archive => archive.Layouts)
            .SelectMany(layout => layout.Blobs)
            .Where(blob => blob.Targets.IsEmpty || !blob.IsManifest)
            .Concat(discovery)
            .Where(seen.Add)];
    }

    private PlannedArchive Plan(ArchiveContent archive) => new()
    {
        Name = archive.Name,
        FileBytes = archive.FileBytes,
        Layouts = [.. archive.Layouts
            .OrderBy(layout => layout.Path, StringComparer.Ordinal)
            .Select(layout => Plan(archive, layout))],
    };

    private PlannedLayout Plan(ArchiveContent archive, LayoutContent layout)
    {
        Dictionary<string, ImageContent> byTag = new(StringComparer.Ordinal);
        foreach (ImageContent image in layout.Images)
        {
            string tag = image.ShortTag;
            if (!byTag.TryAdd(tag, image) && byTag[tag].Digest != image.Digest)
            {
                // Where it is pushed, the publications have found the same already.
                if (layout.Target is null)
                {
                    _faults.Add(PlanFaults.TwoDigests(archive.Name, layout.Path, byTag[tag], image));
                }
            }
        }

        HashSet<PlannedBlob> blobs = new(ReferenceEqualityComparer.Instance);
        foreach (Manifest manifest in byTag.Values.SelectMany(image => image.Manifests))
        {
            blobs.Add(_contents.Get(manifest.Descriptor.Digest));
            blobs.UnionWith(manifest.Blobs.Select(blob => _contents.Get(blob.Digest)));
        }

        HashSet<Digest> omitted = [.. layout.Omitted];
        return new PlannedLayout
        {
            Path = layout.Path,
            Target = layout.Target,
            DeltaBase = layout.DeltaBase,
            Omitted = [.. blobs.Where(blob => omitted.Contains(blob.Digest)).OrderBy(blob => blob.Digest)],
            Images = [.. byTag
                .Select(pair => Plan(pair.Key, pair.Value, layout.Target))
                .OrderBy(image => image.Reference, StringComparer.Ordinal)
                .ThenBy(image => image.Tag, StringComparer.Ordinal)],
            Blobs = [.. blobs.Where(blob => !omitted.Contains(blob.Digest)).OrderBy(blob => blob.Digest)],
        };
    }

    private PlannedImage Plan(string tag, ImageContent image, string? target) => new()
    {
        Repository = target ?? image.Repository,
        Tag = tag,
        Reference = ReferenceOf(image, target),
        Digest = image.Digest,
        MediaType = image.Manifest.Descriptor.MediaType,
        ManifestBytes = image.Manifest.Descriptor.Size,
        ArtifactType = image.Manifest.ArtifactType,
        ChannelVersion = image.ChannelVersion,
        TotalBytes = image.TotalBytes,
        Reason = image.Reason,
        IsAdded = image.IsAdded,
    };

    private string ReferenceOf(ImageContent image, string? target) =>
        target is not null ? $"{_host}/{target}:{image.ShortTag}"
        : image.Tag is null ? $"{_host}/{image.Repository}@{image.Digest}"
        : $"{_host}/{image.Repository}:{image.Tag}";
}
