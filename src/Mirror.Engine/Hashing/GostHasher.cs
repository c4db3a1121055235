using Org.BouncyCastle.Crypto.Digests;

namespace Mirror.Engine.Hashing;

/// <summary>Who computes the GOST sums of a run: the fastest kernel of this processor, or one asked for.</summary>
internal sealed class GostHasher
{
    private const string BouncyCastle = "BouncyCastle";

    private readonly StreebogKernel? _kernel;

    private GostHasher(StreebogKernel? kernel) => _kernel = kernel;

    public static GostHasher Best { get; } = new(StreebogKernels.Best);

    /// <summary>The names that <see cref="Find"/> knows on this processor.</summary>
    public static IEnumerable<string> Names => StreebogKernels.Supported.Select(kernel => kernel.Name)
        .Append(BouncyCastle);

    /// <summary>What reports call it: a kernel's name, or BouncyCastle.</summary>
    public string Name => _kernel?.Name ?? BouncyCastle;

    /// <summary>How many digests at once are faster than one after the other (<see cref="Append"/>).</summary>
    public int Messages => _kernel?.Messages ?? 1;

    /// <summary>The one of a name, in any case; <see langword="null"/>: this processor has none such.</summary>
    public static GostHasher? Find(string name)
    {
        if (name.Equals(BouncyCastle, StringComparison.OrdinalIgnoreCase))
        {
            return new GostHasher(null);
        }

        StreebogKernel? kernel = StreebogKernels.Supported.FirstOrDefault(
            kernel => kernel.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return kernel is null ? null : new GostHasher(StreebogKernels.FirstTrue([kernel]));
    }

    /// <summary>Feeds two digests, side by side where that is faster; either may be absent.</summary>
    public static void Append(
        IGostDigest? first, ReadOnlySpan<byte> content, IGostDigest? second, ReadOnlySpan<byte> otherContent)
    {
        if (first is Streebog one && second is Streebog two)
        {
            Streebog.Append(one, content, two, otherContent);
        }
        else
        {
            first?.Append(content);
            second?.Append(otherContent);
        }
    }

    /// <summary>Begins a digest of 256 bits.</summary>
    public IGostDigest Create() => _kernel is null ? new BouncyCastleDigest() : new Streebog(256, _kernel);
}

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

/// <summary>A digest of GOST R 34.11-2012 that is being computed.</summary>
internal interface IGostDigest
{
    void Append(ReadOnlySpan<byte> content);

    /// <summary>Ends the digest: lower-case hex digits. Nothing may be fed after it.</summary>
    string Finish();
}
