using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Flows.Targets;

/// <summary>
/// Reads which extra images the modules and packages of a target name. What cannot be read names none: an inventory
/// that lacks something costs bytes of a delta, and nothing else.
/// </summary>
internal sealed class ExtraNames(SourceSession session)
{
    private readonly DeckhouseSource _source = session.CreateSource();
    private readonly LayerFile _layers = new(session.Client, session.Spool);

    public async Task<ImmutableArray<string>> ReadAsync(
        string repository, string tag, CancellationToken cancellationToken)
    {
        string reference = $"{repository}:{tag}";
        try
        {
            ImageContent? image = await _source.FindAsync(repository, tag, "", cancellationToken)
                .ConfigureAwait(false);
            IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files = image is null
                ? ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty
                : await _layers.ReadAsync(image, reference, [ExtraImages.FileName], cancellationToken)
                    .ConfigureAwait(false);
            return files.TryGetValue(ExtraImages.FileName, out ReadOnlyMemory<byte> named)
                ? [.. ExtraImages.Read(named, reference).Select(extra => extra.Name)]
                : [];
        }
        catch (MirrorException failure) when (DeckhouseFaults.AreOfContent(failure))
        {
            return [];
        }
    }
}
