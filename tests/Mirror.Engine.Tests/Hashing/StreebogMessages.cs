using Mirror.Engine.Hashing;
using Xunit;

namespace Mirror.Engine.Tests.Hashing;

/// <summary>Seeded messages in random pieces, some of them of nothing but ones.</summary>
internal static class StreebogMessages
{
    private const int LongestMessage = 700;

    /// <summary>Compares the digests of a kernel with those of the oracle.</summary>
    public static void Check(StreebogKernel kernel, int seed, int count)
    {
        Random random = new(seed);
        for (int number = 0; number < count; number++)
        {
            byte[] message = new byte[random.Next(LongestMessage)];
            int bits = StreebogOracle.Lengths[random.Next(2)];
            if (random.Next(8) == 0)
            {
                message.AsSpan().Fill(0xff);
            }
            else
            {
                random.NextBytes(message);
            }

            Streebog hash = new(bits, kernel);
            for (ReadOnlySpan<byte> rest = message; !rest.IsEmpty;)
            {
                int piece = random.Next(1, rest.Length + 1);
                hash.Append(rest[..piece]);
                rest = rest[piece..];
            }

            Assert.Equal(StreebogOracle.Of(message, bits), hash.Finish());
        }
    }
}
