namespace Mirror.Engine.Hashing;

/// <summary>A digest of GOST R 34.11-2012 that is being computed.</summary>
internal interface IGostDigest
{
    void Append(ReadOnlySpan<byte> content);

    /// <summary>
    /// Writes what <see cref="GostHasher.Restore"/> goes on from, <see cref="Streebog.StateBytes"/>; only between
    /// blocks of 64 bytes. False, and nothing is written: whoever computes this does not tell.
    /// </summary>
    bool TrySave(Span<byte> state);

    /// <summary>Ends the digest: lower-case hex digits. Nothing may be fed after it.</summary>
    string Finish();
}
