namespace Mirror.Engine.Transfer;

/// <summary>How much of a blob a sink already has.</summary>
/// <param name="Bytes">The length of the prefix that was fed into the hash; 0 when nothing is held.</param>
/// <param name="IsSealed">Whether the whole blob is there and was verified: nothing is left to do.</param>
internal readonly record struct HeldContent(long Bytes, bool IsSealed);
