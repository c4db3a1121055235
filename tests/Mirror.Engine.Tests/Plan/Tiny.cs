using System.Collections.Immutable;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Tests.Plan;

/// <summary>Makes tiny archives and images whose content has readable digests: one hex digit, repeated.</summary>
internal static class Tiny
{
    public static Digest Digest(char hex) => Mirror.Engine.Digest.Parse("sha256:" + new string(hex, 64));

    /// <summary>An image of one manifest of 100 bytes with layers, given as digit and size.</summary>
    public static ImageContent Image(
        string repository, string? tag, char manifest, params (char Hex, long Size)[] layers) => new(
            repository,
            tag,
            [
                new Manifest(new Descriptor(MediaType.OciManifest, Digest(manifest), 100))
                {
                    Layers = [.. layers.Select(layer => new Descriptor("layer", Digest(layer.Hex), layer.Size))],
                },
            ],
            $"test of {tag}");

    public static ArchiveContent Archive(string name, params ImageContent[] images) =>
        new(name, [new LayoutContent("", [.. images])]);

    public static MirrorPlan Plan(params ImmutableArray<ArchiveContent> archives) =>
        new PlanBuilder("registry.example").Build("registry.example/edition", archives, []);
}
