using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;
using Mirror.Engine.Report.Diff;

namespace Mirror.Engine.Flows;

/// <summary>A side of a comparison, open as long as its release images may be read.</summary>
/// <param name="side">The side.</param>
/// <param name="archives">Its images, if they can be read.</param>
/// <param name="layers">What reads them; <see langword="null"/>: nothing can.</param>
/// <param name="close">Called at the end.</param>
internal sealed class LoadedSide(
    DiffSide side, ImmutableArray<ArchiveContent> archives = default, LayerFile? layers = null, Action? close = null)
    : IDisposable
{
    private readonly Lazy<Dictionary<Digest, ImageContent>> _byDigest = new(() => archives.IsDefault
        ? []
        : archives.SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Images)
            .DistinctBy(image => image.Digest).ToDictionary(image => image.Digest));

    public DiffSide Side => side;

    /// <summary>What a release image says; <see langword="null"/>: this side cannot read it.</summary>
    public async Task<ReleaseNotes?> ReadNotesAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (layers is null || !_byDigest.Value.TryGetValue(digest, out ImageContent? image))
        {
            return null;
        }

        try
        {
            return ReleaseNotes.Read(await layers.ReadAsync(
                image, $"{image.Repository}:{image.ShortTag}", ReleaseNotes.FileNames, cancellationToken)
                .ConfigureAwait(false));
        }
        catch (MirrorException failure) when (DeckhouseFaults.AreOfContent(failure))
        {
            return new ReleaseNotes { Unreadable = [failure.Faults[0].Message] };
        }
    }

    public void Dispose() => close?.Invoke();
}
