namespace Mirror.Engine.Hashing;

/// <summary>The kernels, and which of them this process uses: chosen once, and only after it proved itself.</summary>
internal static class StreebogKernels
{
    // Long enough that every entry of every table has a part in the result.
    private const int CheckedBytes = 1027;

    private const string CheckedDigest = "fe8394219fbfb0c64d6ece49e7a273de1fa8da819e68541b6884b11cab2b695c";

    /// <summary>The kernels this processor can run, the fastest first.</summary>
    public static IReadOnlyList<StreebogKernel> Supported { get; } = [.. Find()];

    /// <summary>The first of <see cref="Supported"/> that passes <see cref="IsTrue"/>.</summary>
    public static StreebogKernel Best { get; } = FirstTrue(Supported);

    /// <summary>The first kernel that passes the check.</summary>
    /// <exception cref="InvalidOperationException">None does.</exception>
    public static StreebogKernel FirstTrue(IEnumerable<StreebogKernel> kernels) =>
        kernels.FirstOrDefault(IsTrue)
            ?? throw new InvalidOperationException("No kernel computes GOST R 34.11-2012 correctly on this processor.");

    /// <summary>
    /// Computes a digest that is known, alone and beside another. It takes some tens of microseconds, and a kernel that
    /// a fault of the processor, the compiler or of ours makes wrong is not used: a wrong sum would condemn a good
    /// archive.
    /// </summary>
    public static bool IsTrue(StreebogKernel kernel)
    {
        Span<byte> message = stackalloc byte[CheckedBytes];
        for (int index = 0; index < message.Length; index++)
        {
            message[index] = (byte)((index * 167) + (index >> 3));
        }

        Streebog first = new(256, kernel);
        Streebog second = new(256, kernel);
        Streebog.Append(first, message, second, message);
        return Streebog.ComputeHex(message, 256, kernel) == CheckedDigest
            && first.Finish() == CheckedDigest
            && second.Finish() == CheckedDigest;
    }

    private static IEnumerable<StreebogKernel> Find()
    {
        if (StreebogAvx512Kernel.IsSupported)
        {
            yield return new StreebogAvx512Kernel(StreebogAvx512Kernel.Derive());
        }

        if (StreebogAvx2Kernel.IsSupported)
        {
            yield return new StreebogAvx2Kernel(StreebogAvx2Tables.Derive());
        }

        yield return new StreebogTableKernel(StreebogTableKernel.Derive());
    }
}
