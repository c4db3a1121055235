using Org.BouncyCastle.Crypto.Digests;

namespace Mirror.Engine.Hashing;

/// <summary>
/// GOST R 34.11-2012 ("Streebog") with 256 bits (RFC 6986), fed piece by piece. The text of a digest is in the order of
/// its bytes in memory, as OpenSSL, RHash and d8 print it; the RFC prints them reversed.
/// </summary>
internal sealed class Streebog256
{
    /// <summary>The length of a digest as text.</summary>
    public const int HexLength = 64;

    private readonly Gost3411_2012_256Digest _digest = new();

    public void Append(ReadOnlySpan<byte> content) => _digest.BlockUpdate(content);

    /// <summary>Ends the digest: 64 lower-case hex digits.</summary>
    public string Finish()
    {
        Span<byte> hash = stackalloc byte[HexLength / 2];
        _digest.DoFinal(hash);
        return Convert.ToHexStringLower(hash);
    }
}
