namespace Mirror.Engine.Registry.Reading;

/// <summary>The bytes of a manifest as a registry sent them, checked against their digest.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Digest">Their digest.</param>
/// <param name="MediaType">What they were served as; empty when that says nothing (<c>application/json</c>).</param>
internal sealed record ManifestContent(ReadOnlyMemory<byte> Bytes, Digest Digest, string MediaType);
