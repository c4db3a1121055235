using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan.Have;

/// <summary>
/// Leaves out of a plan what the target has: layers that the base has in the same repository. Manifests and configs
/// stay, so that a push can prove the whole plan at the target; so do the layers of release images, which are small and
/// are read from bundles (docs/delta.md#what-is-left-out).
/// </summary>
internal static class DeltaPlan
{
    /// <summary>The delta of a plan.</summary>
    /// <param name="full">The plan, with sizes.</param>
    /// <param name="contents">Its archives with their manifests.</param>
    /// <param name="deltaBase">What the target has.</param>
    /// <param name="fingerprintOf">The fingerprint of an archive of the plan.</param>
    public static MirrorPlan Create(
        MirrorPlan full,
        IEnumerable<ArchiveContent> contents,
        DeltaBase deltaBase,
        Func<PlannedArchive, string> fingerprintOf)
    {
        Dictionary<(string Archive, string Path), LayoutContent> layouts = contents
            .SelectMany(archive => archive.Layouts, (archive, layout) => (archive.Name, layout))
            .ToDictionary(item => (item.Name, item.layout.Path), item => item.layout);
        ImmutableArray<PlannedArchive> archives =
        [
            .. full.Archives.Select(archive => archive with
            {
                Full = new FullArchive(archive.FileBytes, fingerprintOf(archive)),
                Layouts =
                [
                    .. archive.Layouts.Select(layout => WithoutKnown(
                        layout,
                        StateId.PathOf(archive.Name, layout.Path),
                        layouts[(archive.Name, layout.Path)],
                        deltaBase)),
                ],
            }),
        ];
        HashSet<PlannedBlob> left = new(
            archives.SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Blobs),
            ReferenceEqualityComparer.Instance);
        return full with
        {
            Archives = archives,
            DeltaBase = deltaBase.Id,
            Blobs = [.. full.Blobs.Where(left.Contains)],
            Held = [.. full.Held.Where(left.Contains)],
        };
    }

    /// <summary>Whether the layers at a path are in every delta: pushes and reviews read them.</summary>
    public static bool StaysWhole(string path) => path.Split('/')[^1] is "release-channel" or "release" or "version";

    /// <summary>The layers of a layout that are nothing else there: no config and no manifest.</summary>
    public static HashSet<Digest> LayersOf(IEnumerable<ImageContent> images)
    {
        HashSet<Digest> layers = [];
        HashSet<Digest> others = [];
        foreach (Manifest manifest in images.SelectMany(image => image.Manifests))
        {
            layers.UnionWith(manifest.Layers.Select(layer => layer.Digest));
            others.Add(manifest.Descriptor.Digest);
            if (manifest.Config is { } config)
            {
                others.Add(config.Digest);
            }
        }

        layers.ExceptWith(others);
        return layers;
    }

    private static PlannedLayout WithoutKnown(
        PlannedLayout layout, string path, LayoutContent content, DeltaBase deltaBase)
    {
        HashSet<Digest> layers = StaysWhole(path) ? [] : LayersOf(content.Images);
        ILookup<bool, PlannedBlob> blobs = layout.Blobs.ToLookup(
            blob => layers.Contains(blob.Digest) && deltaBase.Has(path, blob.Digest));
        return layout with { DeltaBase = deltaBase.Id, Blobs = [.. blobs[false]], Omitted = [.. blobs[true]] };
    }
}
