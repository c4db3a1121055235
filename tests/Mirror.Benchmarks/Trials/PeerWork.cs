using Mirror.Benchmarks.Child;

namespace Mirror.Benchmarks.Trials;

/// <summary>What a peer is to copy, and where.</summary>
/// <param name="Source">The host of the source.</param>
/// <param name="Target">The host of the target; empty for a pull.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Images">The images.</param>
internal sealed record PeerWork(string Source, string Target, string Folder, IReadOnlyList<ImageReference> Images)
{
    /// <summary>A line for each image.</summary>
    /// <param name="line">
    /// Makes it of the image at the source, the image at the target and the image's number.
    /// </param>
    public IEnumerable<string> Each(Func<string, string, int, string> line) => Images.Select((image, at) => line(
        $"{Source}/{image.Repository}@{image.Digest}", $"{Target}/{image.Repository}:{image.Tag}", at));
}
