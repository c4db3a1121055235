using Mirror.Engine.Hashing;
using Xunit;

namespace Mirror.Engine.Tests.Hashing;

/// <summary>Every kernel against BouncyCastle.</summary>
public sealed class StreebogKernelTests
{
    public static TheoryData<string> Kernels { get; } = [.. StreebogOracle.Kernels.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_length_has_the_digest_of_the_oracle(string name)
    {
        StreebogKernel kernel = StreebogOracle.Named(name);
        Random random = new(6986);
        for (int length = 0; length <= 300; length++)
        {
            byte[] message = new byte[length];
            random.NextBytes(message);

            Assert.All(StreebogOracle.Lengths, bits => Assert.Equal(
                StreebogOracle.Of(message, bits), Streebog.ComputeHex(message, bits, kernel)));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Pieces_of_any_size_make_the_digest_of_the_whole(string name)
    {
        bool emulated = !StreebogOracle.Native().Any(kernel => kernel.Name == name);
        StreebogMessages.Check(StreebogOracle.Named(name), seed: 2012, count: emulated ? 100 : 100_000);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Two_messages_side_by_side_have_the_digests_of_each(string name)
    {
        StreebogKernel kernel = StreebogOracle.Named(name);
        Random random = new(34);
        for (int number = 0; number < 200; number++)
        {
            byte[] one = new byte[random.Next(700)];
            byte[] two = new byte[random.Next(700)];
            random.NextBytes(one);
            random.NextBytes(two);
            int bits = StreebogOracle.Lengths[random.Next(2)];
            int cut = random.Next(int.Min(one.Length, two.Length) + 1);
            Streebog first = new(bits, kernel);
            Streebog second = new(bits, kernel);

            // The first pieces leave both, one or none of them between blocks.
            int otherCut = cut & random.Next(2) * -64;
            Streebog.Append(first, one.AsSpan(0, cut), second, two.AsSpan(0, otherCut));
            Streebog.Append(first, one.AsSpan(cut), second, two.AsSpan(otherCut));

            Assert.Equal(
                (StreebogOracle.Of(one, bits), StreebogOracle.Of(two, bits)), (first.Finish(), second.Finish()));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Carries_cross_all_words_of_the_sum(string name)
    {
        byte[] ones = [.. Enumerable.Repeat((byte)0xff, 5 * 64)];
        byte[] carried = new byte[4 * 64];
        ones.AsSpan(0, 64).CopyTo(carried);
        carried[64] = 1;
        ones.AsSpan(0, 64).CopyTo(carried.AsSpan(128));

        Assert.All([ones, carried, ones[..127], ones[..129]], message => Assert.Equal(
            StreebogOracle.Of(message, 256), Streebog.ComputeHex(message, 256, StreebogOracle.Named(name))));
    }

    [Fact]
    public void A_digest_has_256_or_512_bits() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Streebog(bits: 384));
}
