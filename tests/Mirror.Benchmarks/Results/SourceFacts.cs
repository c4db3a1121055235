using Mirror.Benchmarks.Sources;

namespace Mirror.Benchmarks.Results;

/// <summary>What was mirrored.</summary>
/// <param name="Images">Images of the plan.</param>
/// <param name="Blobs">Its blobs, each once, manifests not counted.</param>
/// <param name="BlobBytes">Their bytes.</param>
/// <param name="BundleBytes">The bytes of the bundle.</param>
internal sealed record SourceFacts(int Images, int Blobs, long BlobBytes, long BundleBytes)
{
    public static SourceFacts Of(BenchSource source) =>
        new(source.Plan.Images, source.Blobs.Count, source.BlobBytes, source.Plan.FileBytes);

    public override string ToString() =>
        $"{Images} images, {Blobs} blobs of {BlobBytes / 1_000_000} MB, a bundle of {BundleBytes / 1_000_000} MB";
}
