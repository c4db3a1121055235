using System.Collections.Immutable;

namespace Mirror.Engine.Bundles;

/// <summary>Where everything lies in one archive.</summary>
/// <param name="Name">The file name of the archive.</param>
/// <param name="Length">The size of the archive in bytes.</param>
/// <param name="Entries">Its entries, in the order of the file.</param>
/// <param name="Fingerprint">
/// The sha256 over paths, sizes, digests and metadata bytes, in hex: equal for archives with equal bytes.
/// </param>
internal sealed record ArchiveLayout(
    string Name, long Length, ImmutableArray<ArchiveEntry> Entries, string Fingerprint);
