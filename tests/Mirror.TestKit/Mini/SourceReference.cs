namespace Mirror.TestKit.Mini;

/// <summary>One image a source offers. <paramref name="Tag"/> is null when it is reached by digest only.</summary>
public sealed record SourceReference(string Repository, string? Tag, string Digest);
