using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Resolves the stand-alone installer, one image above the edition (docs/behaviour/pull.md#installer).
/// </summary>
internal sealed class InstallerResolver(DeckhouseSource source)
{
    public async Task<ResolvedParts> ResolveAsync(string tag, CancellationToken cancellationToken)
    {
        ImageContent? image = await FindAsync(tag, cancellationToken).ConfigureAwait(false);
        return image is null
            ? ResolvedParts.OnlyNote(DeckhouseFaults.InstallerMissing(
                source.Name(source.Tree.Installer),
                tag,
                await source.ListAsync(source.Tree.Installer, cancellationToken).ConfigureAwait(false)))
            : ResolvedParts.Create(new ArchiveContent("installer.tar", [new LayoutContent("installer", [image])]), []);
    }

    private async Task<ImageContent?> FindAsync(string tag, CancellationToken cancellationToken)
    {
        try
        {
            return await source.FindAsync(source.Tree.Installer, tag, "installer", cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MirrorException failure) when (failure.Faults is
            [{ Code: FaultCode.Unauthorized or FaultCode.Forbidden } denied])
        {
            // It stands above the editions, so a licence for one of them may not reach it.
            throw new MirrorException(DeckhouseFaults.InstallerDenied(denied), failure);
        }
    }
}
