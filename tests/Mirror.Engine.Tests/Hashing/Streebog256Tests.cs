using System.Globalization;
using System.Text.Json;
using Mirror.Engine.Hashing;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Hashing;

/// <summary>Streebog against the vectors of the case file: RFC 6986, block borders, carries, long inputs.</summary>
public sealed class Streebog256Tests
{
    public static TheoryData<string> Vectors { get; } = CaseFile.Push.Ids(
        spec => spec.Kind == "gost" && spec.Expected.TryGetProperty("streebog256", out _));

    public static TheoryData<string> Printed { get; } = CaseFile.Push.Ids(
        spec => spec.Kind == "gost" && spec.Input.TryGetProperty("messageAsPrinted", out _));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_vector_has_its_sum_whole_and_in_pieces(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        byte[] message = MessageOf(spec.Input);
        string expected = spec.Expected.GetProperty("streebog256").GetString()!;

        Assert.Equal(expected, SumOf(message, message.Length + 1));
        Assert.Equal(expected, SumOf(message, 7));
        Assert.Equal(expected, SumOf(message, 64));
    }

    [Theory]
    [MemberData(nameof(Printed))]
    public void The_rfc_prints_messages_and_sums_backwards(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        byte[] message = Convert.FromHexString(SpecCase.Text(spec.Input, "messageAsPrinted")!);
        byte[] sum = Convert.FromHexString(SpecCase.Text(spec.Expected, "digest256AsPrinted")!);
        Array.Reverse(message);
        Array.Reverse(sum);

        Assert.Equal(Convert.ToHexStringLower(sum), SumOf(message, 64));
    }

    private static string SumOf(byte[] message, int piece)
    {
        Streebog256 hash = new();
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
