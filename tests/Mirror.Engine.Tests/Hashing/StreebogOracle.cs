using System.Collections.Immutable;
using Mirror.Engine.Hashing;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Mirror.Engine.Tests.Hashing;

/// <summary>What Streebog is compared with, and the kernels that are compared.</summary>
internal static class StreebogOracle
{
    /// <summary>The lengths a digest can have, in bits.</summary>
    public static ImmutableArray<int> Lengths { get; } = [256, 512];

    /// <summary>Every kernel that computes here; the one for AVX-512 does it in software where it must.</summary>
    public static ImmutableArray<StreebogKernel> Kernels { get; } =
    [
        .. Native(),
        .. StreebogAvx512Kernel.IsSupported ? [] : new[] { Wide() },
    ];

    /// <summary>The kernels whose instructions this processor has.</summary>
    public static IEnumerable<StreebogKernel> Native() => StreebogKernels.Supported;

    /// <summary>The kernel for AVX-512, on any processor.</summary>
    public static StreebogKernel Wide() => new StreebogAvx512Kernel(StreebogAvx512Kernel.Derive());

    /// <summary>The digest by BouncyCastle.</summary>
    public static string Of(ReadOnlySpan<byte> message, int bits)
    {
        IDigest digest = bits == 256 ? new Gost3411_2012_256Digest() : new Gost3411_2012_512Digest();
        digest.BlockUpdate(message);
        byte[] result = new byte[bits / 8];
        digest.DoFinal(result);
        return Convert.ToHexStringLower(result);
    }

    /// <summary>A kernel by the name a child was told.</summary>
    public static StreebogKernel Named(string name) => Kernels.Single(kernel => kernel.Name == name);
}
