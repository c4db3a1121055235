using Org.BouncyCastle.Crypto.Digests;

namespace Mirror.Engine.Hashing;

/// <summary>
/// GOST R 34.11-2012 with 256 bits by BouncyCastle: many times slower than the kernels, and code that others read too.
/// </summary>
internal sealed class BouncyCastleDigest : IGostDigest
{
    private readonly Gost3411_2012_256Digest _digest = new();

    public void Append(ReadOnlySpan<byte> content) => _digest.BlockUpdate(content);

    public string Finish()
    {
        byte[] result = new byte[_digest.GetDigestSize()];
        _digest.DoFinal(result);
        return Convert.ToHexStringLower(result);
    }
}
