namespace Mirror.Engine.Oci;

/// <summary>
/// What the mirror needs of a manifest or index: its descriptor and what it refers to. The bytes themselves are never
/// re-serialised; see <see cref="ManifestReader"/>.
/// </summary>
internal sealed record Manifest(Descriptor Descriptor)
{
    /// <summary>The config of an image manifest, or <see langword="null"/> for an index or artifact manifest.</summary>
    public Descriptor? Config { get; init; }

    /// <summary>Layers of an image manifest or blobs of an artifact manifest, base first.</summary>
    public ImmutableArray<Descriptor> Layers { get; init; } = [];

    public ImmutableArray<Descriptor> Children { get; init; } = [];

    /// <summary>The artifact type: stated, or the config's media type when that is no image config.</summary>
    public string? ArtifactType { get; init; }

    public bool IsIndex => MediaType.IsIndex(Descriptor.MediaType);

    /// <summary>Config and layers: every blob that must travel with this manifest.</summary>
    public IEnumerable<Descriptor> Blobs => (Config is null ? Layers : Layers.Prepend(Config))
        .Where(blob => !MediaType.IsForeignLayer(blob.MediaType));
}

/// <summary>A reference to content by media type, digest and size (OCI image-spec, descriptor.md).</summary>
internal sealed record Descriptor(string MediaType, Digest Digest, long Size)
{
    /// <summary>The operating system of an index child, or <see langword="null"/>.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>The architecture of an index child, or <see langword="null"/>.</summary>
    public string? Architecture { get; init; }
}
