namespace Mirror.TestKit.Content;

/// <summary>One line of what a registry holds. <paramref name="Tag"/> is null for a manifest without a tag.</summary>
public sealed record ContentEntry(string Repository, string? Tag, string Digest, string MediaType, long Size);
