using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Resolves the Deckhouse CLI, the program <c>d8</c>: one image, usually an index of several platforms, above the
/// edition. Which tag is a version is decided as strictly as the vendor publishes them: a full version, with or without
/// a leading <c>v</c>.
/// </summary>
internal sealed class DeckhouseCliResolver(DeckhouseSource source)
{
    private const string Reason = "Deckhouse CLI";

    /// <summary>Finds the tag that a user named; without one, the newest stable version.</summary>
    /// <exception cref="MirrorException">D8M3003: the named tag does not exist; or a request failed.</exception>
    public async Task<ResolvedParts> ResolveAsync(string? tag, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(tag)
            ? await FindNewestAsync(cancellationToken).ConfigureAwait(false)
            : Archive(await FindNamedAsync(tag, cancellationToken).ConfigureAwait(false));

    /// <summary>A missing CLI is a warning by default: older sources have none.</summary>
    private async Task<ResolvedParts> FindNewestAsync(CancellationToken cancellationToken)
    {
        string repository = source.Name(source.Tree.DeckhouseCli);
        if (!source.CanListTags)
        {
            return LeftOut($"a proxy registry does not list the tags of {repository}, so no version is known");
        }

        try
        {
            if (await source.FindTagsAsync(source.Tree.DeckhouseCli, cancellationToken).ConfigureAwait(false)
                is not { } tags)
            {
                return LeftOut($"{repository} does not exist");
            }

            if (NewestStable(tags) is not { } newest)
            {
                return LeftOut($"{repository} has no stable version among its {ItemCount.Format(tags.Length, "tags")}");
            }

            return await source.FindAsync(source.Tree.DeckhouseCli, newest, Reason, cancellationToken)
                .ConfigureAwait(false) is { } image
                    ? Archive(image)
                    : LeftOut($"{repository}:{newest} is listed, but does not exist");
        }
        catch (MirrorException failure) when (Denial(failure) is { } denied)
        {
            return LeftOut($"access to {repository} is denied ({denied.Code})");
        }
    }

    private async Task<ImageContent> FindNamedAsync(string tag, CancellationToken cancellationToken)
    {
        try
        {
            return await source.FindAsync(source.Tree.DeckhouseCli, tag, Reason, cancellationToken)
                .ConfigureAwait(false)
                ?? throw new MirrorException(DeckhouseFaults.DeckhouseCliMissing(
                    source.Name(source.Tree.DeckhouseCli),
                    tag,
                    await source.ListAsync(source.Tree.DeckhouseCli, cancellationToken).ConfigureAwait(false)));
        }
        catch (MirrorException failure) when (Denial(failure) is { } denied)
        {
            throw new MirrorException(DeckhouseFaults.DeckhouseCliDenied(denied), failure);
        }
    }

    private static string? NewestStable(IEnumerable<string> tags) => TaggedVersion
        .AmongTags(tags.Where(tag => TaggedVersion.TryParse(tag, out TaggedVersion? tagged) && tagged.IsStrict))
        .LastOrDefault(tagged => !tagged.Version.IsPrerelease)?.Tag;

    private static Fault? Denial(MirrorException failure) =>
        failure.Faults is [{ Code: FaultCode.Unauthorized or FaultCode.Forbidden } denied] ? denied : null;

    private static ResolvedParts LeftOut(string why) =>
        ResolvedParts.OnlyNote(DeckhouseFaults.DeckhouseCliLeftOut(why));

    private static ResolvedParts Archive(ImageContent image) => ResolvedParts.Create(
        new ArchiveContent("deckhouse-cli.tar", [new LayoutContent(RegistryTree.DeckhouseCliPath, [image])]), []);
}
