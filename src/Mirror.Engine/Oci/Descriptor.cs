namespace Mirror.Engine.Oci;

/// <summary>A reference to content by media type, digest and size (OCI image-spec, descriptor.md).</summary>
internal sealed record Descriptor(string MediaType, Digest Digest, long Size)
{
    /// <summary>The operating system of an index child, or <see langword="null"/>.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>The architecture of an index child, or <see langword="null"/>.</summary>
    public string? Architecture { get; init; }
}
