namespace Mirror.Engine.Plan;

/// <summary>What the archive of a delta would be without a base.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Fingerprint">Its fingerprint, which a merge must arrive at.</param>
internal sealed record FullArchive(long Bytes, string Fingerprint);
