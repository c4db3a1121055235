using System.Globalization;
using System.Text;
using System.Text.Json;
using Mirror.Engine.Hashing;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Hashing;

/// <summary>Streebog against the vectors of the case file: RFC 6986, block borders, carries, long inputs.</summary>
public sealed class StreebogCasesTests
{
    public static TheoryData<string> Vectors { get; } = CaseFile.Push.Ids(
        spec => spec.Kind == "gost" && spec.Expected.TryGetProperty("streebog256", out _));

    public static TheoryData<string> Printed { get; } = CaseFile.Push.Ids(
        spec => spec.Kind == "gost" && spec.Input.TryGetProperty("messageAsPrinted", out _));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_vector_has_its_sums_whole_and_in_pieces(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        byte[] message = MessageOf(spec.Input);
        foreach (int bits in StreebogOracle.Lengths)
        {
            if (SpecCase.Text(spec.Expected, $"streebog{bits}") is { } expected)
            {
                Assert.All(
                    new[] { message.Length + 1, 7, 64 },
                    piece => Assert.Equal(expected, SumOf(message, piece, bits, StreebogKernels.Best)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Printed))]
    public void The_rfc_prints_messages_and_sums_backwards(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        byte[] message = Reversed(SpecCase.Text(spec.Input, "messageAsPrinted")!);
        foreach (int bits in StreebogOracle.Lengths)
        {
            string expected = Convert.ToHexStringLower(
                Reversed(SpecCase.Text(spec.Expected, $"digest{bits}AsPrinted")!));
            Assert.All(StreebogOracle.Kernels, kernel => Assert.Equal(expected, SumOf(message, 64, bits, kernel)));
        }
    }

    [Theory]
    [InlineData("gost-vector")]
    public void The_sum_of_d8_is_ours(string id)
    {
        SpecCase spec = CaseFile.Pull[id];

        Assert.Equal(
            SpecCase.Text(spec.Expected, "hex"),
            Streebog.ComputeHex(Encoding.ASCII.GetBytes(SpecCase.Text(spec.Input, "text")!)));
    }

    private static byte[] Reversed(string printed)
    {
        byte[] bytes = Convert.FromHexString(printed);
        Array.Reverse(bytes);
        return bytes;
    }

    private static string SumOf(byte[] message, int piece, int bits, StreebogKernel kernel)
    {
        Streebog hash = new(bits, kernel);
        foreach (byte[] part in message.Chunk(piece))
        {
            hash.Append(part);
        }

        return hash.Finish();
    }

    private static byte[] MessageOf(JsonElement input)
    {
        if (SpecCase.Text(input, "hex") is { } hex)
        {
            return Convert.FromHexString(hex);
        }

        JsonElement repeat = input.GetProperty("repeat");
        byte value = byte.Parse(
            repeat.GetProperty("byte").GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return [.. Enumerable.Repeat(value, repeat.GetProperty("count").GetInt32())];
    }
}
