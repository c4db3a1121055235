using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Mirror.Engine.Oci;

/// <summary>
/// The digest of some content: algorithm and lower-case hex, as in <c>sha256:44136f...</c> (OCI image-spec,
/// descriptor.md "Digests"). A value always holds a well-formed sha256 or sha512 digest, except
/// <see langword="default"/>, which <see cref="IsEmpty"/> tells.
/// </summary>
public readonly record struct Digest : IComparable<Digest>
{
    private const string Sha256Prefix = "sha256:";
    private const string Sha512Prefix = "sha512:";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? _text;

    private Digest(string text) => _text = text;

    /// <summary>Whether this is <see langword="default"/>, the digest of nothing.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>The algorithm: <c>sha256</c> or <c>sha512</c>.</summary>
    public string Algorithm => _text is null ? "" : _text[..6];

    /// <summary>The encoded part: 64 or 128 lower-case hex digits.</summary>
    public string Hex => _text is null ? "" : _text[7..];

    /// <summary>Parses a digest.</summary>
    /// <param name="text">The text, for example <c>sha256:</c> and 64 lower-case hex digits.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="FormatException">The text is no sha256 or sha512 digest.</exception>
    public static Digest Parse(string text) => TryParse(text, out Digest digest)
        ? digest
        : throw new FormatException($"'{text}' is no digest: sha256 with 64 or sha512 with 128 lower-case hex digits.");

    /// <summary>Parses a digest without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="digest">The digest, or <see langword="default"/>.</param>
    /// <returns>Whether the text was a digest.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        bool valid = text is not null
            && ((text.Length == 71 && text.StartsWith(Sha256Prefix, StringComparison.Ordinal))
                || (text.Length == 135 && text.StartsWith(Sha512Prefix, StringComparison.Ordinal)))
            && !text.AsSpan(7).ContainsAnyExcept(HexDigits);
        digest = valid ? new Digest(text!) : default;
        return valid;
    }

    /// <summary>Computes the sha256 digest of some bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>The digest.</returns>
    public static Digest OfSha256(ReadOnlySpan<byte> content) =>
        FromSha256(SHA256.HashData(content));

    /// <summary>Orders by algorithm, then by hex, byte by byte.</summary>
    /// <param name="other">The other digest.</param>
    /// <returns>Less than zero, zero or more than zero.</returns>
    public int CompareTo(Digest other) => string.CompareOrdinal(_text, other._text);

    /// <summary>Returns the digest as text.</summary>
    /// <returns><c>algorithm:hex</c>, or an empty string for <see langword="default"/>.</returns>
    public override string ToString() => _text ?? "";

    /// <summary>Whether the left digest sorts before the right one.</summary>
    /// <param name="left">The left digest.</param>
    /// <param name="right">The right digest.</param>
    /// <returns>Whether it does.</returns>
    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left digest sorts before or equal to the right one.</summary>
    /// <param name="left">The left digest.</param>
    /// <param name="right">The right digest.</param>
    /// <returns>Whether it does.</returns>
    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left digest sorts after the right one.</summary>
    /// <param name="left">The left digest.</param>
    /// <param name="right">The right digest.</param>
    /// <returns>Whether it does.</returns>
    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left digest sorts after or equal to the right one.</summary>
    /// <param name="left">The left digest.</param>
    /// <param name="right">The right digest.</param>
    /// <returns>Whether it does.</returns>
    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;

    /// <summary>The hash name of the algorithm, for the framework's incremental hashes.</summary>
    internal HashAlgorithmName HashName => Algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;

    internal static Digest FromSha256(ReadOnlySpan<byte> hash) => new(Sha256Prefix + Convert.ToHexStringLower(hash));

    /// <summary>The digest of a finished hash, in this digest's algorithm.</summary>
    internal Digest SameAlgorithm(ReadOnlySpan<byte> hash) => new($"{Algorithm}:{Convert.ToHexStringLower(hash)}");
}
