using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Catalogue;

/// <summary>
/// Resolves one version of a module or package: its main image, the components and extra images that this one names,
/// and its release image (docs/behaviour/pull.md#modules). Release and extra images may be missing, the others may not.
/// </summary>
internal sealed class ItemVersionResolver(DeckhouseSource source, LayerFile layers)
{
    /// <exception cref="MirrorException">D8M3003, D8M3007, D8M3010, D8M3012: the version is broken.</exception>
    public async Task<ItemVersion> FindAsync(
        CatalogueItem item, string tag, string reason, bool onlyExtras, CancellationToken cancellationToken)
    {
        ImageContent main = await source.GetAsync(item.Repository, tag, reason, cancellationToken)
            .ConfigureAwait(false);
        ImageContent? release = onlyExtras ? null : await source
            .FindAsync(item.Releases, tag, reason, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files = await layers.ReadAsync(
            main, source.Name(main), [ImageDigests.FileName, ExtraImages.FileName], cancellationToken)
            .ConfigureAwait(false);
        ImmutableArray<ImageContent> components = onlyExtras
            ? []
            : await FindComponentsAsync(item, main, files, cancellationToken).ConfigureAwait(false);
        ImmutableArray<(string Name, string Tag, ImageContent? Image)> extras =
            await FindExtrasAsync(item, main, files, cancellationToken).ConfigureAwait(false);
        return new ItemVersion(tag, [main, .. components], release)
        {
            Extras = [.. extras.Where(extra => extra.Image is not null).Select(extra => (extra.Name, extra.Image!))],
            Notes =
            [
                .. release is null && !onlyExtras
                    ? [Missing(item.Releases, tag, reason)]
                    : ImmutableArray<Fault>.Empty,
                .. extras.Where(extra => extra.Image is null).Select(extra => Missing(
                    item.ExtraRepository(extra.Name), extra.Tag, $"extra image of {item.Name} {tag}")),
            ],
        };
    }

    private async Task<ImmutableArray<ImageContent>> FindComponentsAsync(
        CatalogueItem item,
        ImageContent main,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files,
        CancellationToken cancellationToken) => files.TryGetValue(ImageDigests.FileName, out ReadOnlyMemory<byte> named)
        ? await ParallelLookup.SelectAsync(
            ImageDigests.Read(named),
            async (digest, token) => await source
                .FindAsync(item.Repository, digest, $"component of {main.Tag}", token).ConfigureAwait(false)
                ?? throw new MirrorException(DeckhouseFaults.ComponentMissing(
                    $"{source.Name(item.Repository)}@{digest}", source.Name(main))),
            cancellationToken).ConfigureAwait(false)
        : [];

    private async Task<ImmutableArray<(string Name, string Tag, ImageContent? Image)>> FindExtrasAsync(
        CatalogueItem item,
        ImageContent main,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files,
        CancellationToken cancellationToken) => files.TryGetValue(ExtraImages.FileName, out ReadOnlyMemory<byte> named)
        ? await ParallelLookup.SelectAsync(
            ExtraImages.Read(named, source.Name(main)),
            async (extra, token) => (extra.Name, extra.Tag, await source.FindAsync(
                item.ExtraRepository(extra.Name), extra.Tag, $"extra image of {main.Tag}", token)
                .ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false)
        : [];

    private Fault Missing(string repository, string tag, string reason) =>
        DeckhouseFaults.OptionalMissing($"{source.Name(repository)}:{tag}", reason);
}

/// <summary>One version of a module or package.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Images">The main image, then its component images.</param>
/// <param name="Release">Its release image, if there is one.</param>
internal sealed record ItemVersion(string Tag, ImmutableArray<ImageContent> Images, ImageContent? Release)
{
    public ImmutableArray<(string Name, ImageContent Image)> Extras { get; init; } = [];

    public ImmutableArray<Fault> Notes { get; init; } = [];
}
