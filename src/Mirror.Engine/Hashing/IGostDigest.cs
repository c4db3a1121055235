namespace Mirror.Engine.Hashing;

/// <summary>A digest of GOST R 34.11-2012 that is being computed.</summary>
internal interface IGostDigest
{
    void Append(ReadOnlySpan<byte> content);

    /// <summary>Ends the digest: lower-case hex digits. Nothing may be fed after it.</summary>
    string Finish();
}
