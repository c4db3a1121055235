using System.Security.Cryptography;
using System.Text;

namespace Mirror.Engine.Bundles.Journal;

/// <summary>
/// The lines of a journal: each begins with a check value over itself and all lines before it, so that a torn line, a
/// hole, or lines of another journal end the reading.
/// </summary>
internal sealed class JournalChain
{
    private const int CheckBytes = 8;
    private const int CheckDigits = 2 * CheckBytes;
    private const int LongestLine = 1024;

    private byte[] _check = new byte[CheckBytes];

    public byte[] Next(string text)
    {
        _check = CheckOf(Encoding.UTF8.GetBytes(text));
        return Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(_check)} {text}\n");
    }

    /// <summary>Takes the next line off; <see langword="null"/> when there is none, or none that is true.</summary>
    public string? Take(ref ReadOnlySpan<byte> rest)
    {
        int end = rest[..Math.Min(rest.Length, LongestLine)].IndexOf((byte)'\n');
        if (end <= CheckDigits || rest[CheckDigits] != ' ')
        {
            return null;
        }

        ReadOnlySpan<byte> text = rest[(CheckDigits + 1)..end];
        byte[] check = CheckOf(text);
        if (!rest[..CheckDigits].SequenceEqual(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(check))))
        {
            return null;
        }

        _check = check;
        rest = rest[(end + 1)..];
        return Encoding.UTF8.GetString(text);
    }

    private byte[] CheckOf(ReadOnlySpan<byte> text)
    {
        byte[] bytes = [.. _check, .. text];
        return SHA256.HashData(bytes)[..CheckBytes];
    }
}
