using System.Buffers;
using System.Security.Cryptography;

namespace Mirror.TestKit.Content;

/// <summary>Digests as registries write them. Written anew here: the kit must not trust the engine it tests.</summary>
public static class Sha256Digest
{
    private const string Prefix = "sha256:";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The digest of some bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Write(SHA256.HashData(bytes));

    /// <summary>The digest of the rest of a stream.</summary>
    public static string Of(Stream stream) => Write(SHA256.HashData(stream));

    /// <summary>The digest of the rest of a stream.</summary>
    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellationToken) =>
        Write(await SHA256.HashDataAsync(stream, cancellationToken));

    /// <summary>Whether a text is a well-formed SHA-256 digest.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Prefix.Length + 64
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(HexDigits);

    private static string Write(byte[] hash) => Prefix + Convert.ToHexStringLower(hash);
}
