namespace Mirror.TestKit.Registry;

/// <summary>One upload that was finished: a blob that crossed the wire, unlike a mounted one.</summary>
/// <param name="Repository">Where it was uploaded to.</param>
/// <param name="Digest">Its digest, which its bytes do have.</param>
/// <param name="Size">How many bytes it has.</param>
public sealed record UploadedBlob(string Repository, string Digest, long Size);
