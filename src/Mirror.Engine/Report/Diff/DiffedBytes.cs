namespace Mirror.Engine;

/// <summary>Bytes of content, each piece once.</summary>
/// <param name="New">Content that only the state after has.</param>
/// <param name="Known">Content of the state after that the state before has as well.</param>
/// <param name="Gone">Content that only the state before has.</param>
/// <param name="IsExact">
/// Whether the manifests of all images are known. Where they are not, an image that changed counts whole: then
/// <paramref name="New"/> and <paramref name="Gone"/> are at most what they say, apart from
/// <paramref name="UnknownImages"/>.
/// </param>
/// <param name="UnknownImages">
/// Images of which not even the size is known, on both sides together: they are in none of the numbers.
/// </param>
public sealed record DiffedBytes(
    long New = 0, long Known = 0, long Gone = 0, bool IsExact = true, int UnknownImages = 0);
