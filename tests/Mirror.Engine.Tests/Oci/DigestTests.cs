using System.Security.Cryptography;
using Xunit;

namespace Mirror.Engine.Tests.Oci;

public sealed class DigestTests
{
    private static readonly string Sixty4 = new('a', 64);
    private static readonly string OneHundred28 = new('b', 128);

    public static TheoryData<string> NoDigests =>
    [
        "",
        "sha256:",
        Sixty4,
        $"sha256:{Sixty4}a",
        $"sha256:{Sixty4[..63]}",
        $"sha256:{Sixty4[..63]}A",
        $"sha256:{Sixty4[..63]}g",
        $"sha256-{Sixty4}",
        $"SHA256:{Sixty4}",
        $"sha512:{Sixty4}",
        $"sha256:{OneHundred28}",
        $"sha384:{Sixty4}",
        $"sha256:{Sixty4[..63]}\n",
    ];

    [Fact]
    public void Both_registered_algorithms_are_read()
    {
        Digest short256 = Digest.Parse($"sha256:{Sixty4}");
        Digest long512 = Digest.Parse($"sha512:{OneHundred28}");

        Assert.Equal(("sha256", Sixty4), (short256.Algorithm, short256.Hex));
        Assert.Equal(("sha512", OneHundred28), (long512.Algorithm, long512.Hex));
        Assert.Equal(HashAlgorithmName.SHA256, short256.HashName);
        Assert.Equal(HashAlgorithmName.SHA512, long512.HashName);
        Assert.Equal($"sha512:{OneHundred28}", long512.ToString());
    }

    [Theory]
    [MemberData(nameof(NoDigests))]
    public void Anything_else_is_no_digest(string text)
    {
        Assert.False(Digest.TryParse(text, out Digest digest));
        Assert.True(digest.IsEmpty);
        Assert.Throws<FormatException>(() => Digest.Parse(text));
    }

    [Fact]
    public void Digests_sort_by_algorithm_then_by_hex()
    {
        Digest zero = Digest.Parse("sha256:" + new string('0', 64));
        Digest nine = Digest.Parse("sha256:" + new string('9', 64));
        Digest letter = Digest.Parse($"sha256:{Sixty4}");
        Digest other = Digest.Parse("sha512:" + new string('0', 128));

        Digest[] sorted = [.. new[] { other, letter, nine, zero }.Order()];

        Assert.Equal([zero, nine, letter, other], sorted);
        Assert.True(zero < nine && nine > zero);
        Assert.True(zero <= Digest.Parse(zero.ToString()) && zero >= Digest.Parse(zero.ToString()));
        Assert.False(zero < Digest.Parse(zero.ToString()) || zero > Digest.Parse(zero.ToString()));
    }

    [Fact]
    public void The_digest_of_nothing_is_empty_and_sorts_first()
    {
        Assert.False(Digest.TryParse(null, out Digest nothing));

        Assert.True(nothing.IsEmpty);
        Assert.Equal(("", "", ""), (nothing.Algorithm, nothing.Hex, nothing.ToString()));
        Assert.True(nothing < Digest.Parse($"sha256:{Sixty4}"));
    }

    [Fact]
    public void A_finished_hash_becomes_a_digest_of_the_same_algorithm()
    {
        byte[] content = "{}"u8.ToArray();

        Assert.Equal(
            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            Digest.OfSha256(content).ToString());
        Assert.Equal(
            Digest.OfSha256(content),
            Digest.Parse($"sha256:{Sixty4}").SameAlgorithm(SHA256.HashData(content)));
        Assert.Equal(
            "sha512:" + Convert.ToHexStringLower(SHA512.HashData(content)),
            Digest.Parse($"sha512:{OneHundred28}").SameAlgorithm(SHA512.HashData(content)).ToString());
    }
}
