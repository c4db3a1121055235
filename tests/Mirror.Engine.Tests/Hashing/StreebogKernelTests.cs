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
                StreebogOracle.Of(message, bits), Streebog.Of(message, bits, kernel)));
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
            Streebog.Append(first, one.AsSpan(0, cut), second, two.AsSpan(0, cut & random.Next(2) * -64));
            Streebog.Append(first, one.AsSpan(cut), second, two.AsSpan((int)second.Length));

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
            StreebogOracle.Of(message, 256), Streebog.Of(message, 256, StreebogOracle.Named(name))));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_stored_state_goes_on_with_any_kernel(string name)
    {
        byte[] message = new byte[1000];
        new Random(3411).NextBytes(message);
        Streebog first = new(512, StreebogOracle.Named(name));
        first.Append(message.AsSpan(0, 640));
        byte[] state = new byte[Streebog.StateBytes];

        first.Save(state);

        Assert.Equal(136, state.Length);
        Assert.All(StreebogOracle.Kernels, kernel =>
        {
            Streebog second = Streebog.Restore(state, 512, kernel);
            Assert.Equal(640, second.Length);
            second.Append(message.AsSpan(640));
            Assert.Equal(StreebogOracle.Of(message, 512), second.Finish());
        });
        first.Append(message.AsSpan(640));
        Assert.Equal(StreebogOracle.Of(message, 512), first.Finish());
    }

    [Fact]
    public void A_state_is_taken_between_blocks_only()
    {
        Streebog hash = new();
        hash.Append(new byte[65]);

        Assert.Equal(65, hash.Length);
        Assert.Throws<InvalidOperationException>(() => hash.Save(new byte[Streebog.StateBytes]));
        Assert.Throws<ArgumentException>(() => hash.Save(new byte[135]));
        Assert.Throws<ArgumentException>(() => Streebog.Restore(new byte[135]));
        Assert.Throws<ArgumentException>(
            () => Streebog.Restore([.. Enumerable.Repeat((byte)1, Streebog.StateBytes)]));
    }

    [Fact]
    public void A_digest_has_256_or_512_bits() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Streebog(bits: 384));
}
