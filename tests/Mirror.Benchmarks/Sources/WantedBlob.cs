namespace Mirror.Benchmarks.Sources;

/// <summary>A blob that the plan needs, with one repository that has it.</summary>
/// <param name="Digest"><c>sha256:</c> and hex digits.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Repository">A repository of the source.</param>
internal sealed record WantedBlob(string Digest, long Size, string Repository)
{
    /// <summary>The hex digits.</summary>
    public string Hex => Digest[(Digest.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>Fails unless a file is there, whole, for every blob.</summary>
    /// <param name="blobs">The blobs.</param>
    /// <param name="file">Where one has to be.</param>
    /// <param name="what">Whose work is checked.</param>
    public static void DemandFiles(IReadOnlyList<WantedBlob> blobs, Func<WantedBlob, string> file, string what)
    {
        int whole = blobs.Count(
            blob => new FileInfo(file(blob)) is { Exists: true } found && found.Length == blob.Size);
        if (whole != blobs.Count)
        {
            throw new BenchFailureException($"{what} left {whole} of {blobs.Count} blobs.");
        }
    }
}
