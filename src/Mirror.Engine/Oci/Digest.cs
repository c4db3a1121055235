using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Mirror.Engine;

/// <summary>
/// The digest of some content: algorithm and lower-case hex, as in <c>sha256:44136f...</c> (OCI image-spec,
/// descriptor.md "Digests"). A value always holds a well-formed sha256 or sha512 digest, except
/// <see langword="default"/>, which <see cref="IsEmpty"/> tells.
/// </summary>
public readonly record struct Digest : IComparable<Digest>
{
    private const string Sha256 = "sha256";
    private const string Sha512 = "sha512";
    private const int Sha256Bytes = 32;
    private const int PrefixLength = 7;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly Digest EmptySha256 = OfSha256([]);
    private static readonly Digest EmptySha512 = new($"{Sha512}:{Convert.ToHexStringLower(SHA512.HashData([]))}");

    // A plan of 50,000 images holds some hundred thousand digests: the common ones are four words, not texts.
    private readonly string? _text;
    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    private Digest(ReadOnlySpan<byte> sha256)
    {
        _text = Sha256;
        _first = BinaryPrimitives.ReadUInt64BigEndian(sha256);
        _second = BinaryPrimitives.ReadUInt64BigEndian(sha256[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(sha256[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(sha256[24..]);
    }

    private Digest(string sha512) => _text = sha512;

    /// <summary>Whether this is <see langword="default"/>, the digest of nothing.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>The algorithm: <c>sha256</c> or <c>sha512</c>.</summary>
    public string Algorithm => _text is null ? "" : IsSha256 ? Sha256 : Sha512;

    /// <summary>The encoded part: 64 or 128 lower-case hex digits.</summary>
    public string Hex => _text is null ? "" : IsSha256 ? HexOfWords() : _text[PrefixLength..];

    private bool IsSha256 => ReferenceEquals(_text, Sha256);

    /// <summary>Parses a digest.</summary>
    /// <param name="text">The text, for example <c>sha256:</c> and 64 lower-case hex digits.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="FormatException">The text is no sha256 or sha512 digest.</exception>
    public static Digest Parse(string text) => TryParse(text, out Digest digest)
        ? digest
        : throw new FormatException(
            $"'{text}' is not a valid digest: sha256 with 64 or sha512 with 128 lower-case hex digits.");

    /// <summary>Parses a digest without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="digest">The digest, or <see langword="default"/>.</param>
    /// <returns>Whether the text was a digest.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is null || text.Length < PrefixLength || text[PrefixLength - 1] != ':'
            || text.AsSpan(PrefixLength).ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        if (text.Length == 71 && text.StartsWith(Sha256, StringComparison.Ordinal))
        {
            Span<byte> hash = stackalloc byte[Sha256Bytes];
            Convert.FromHexString(text.AsSpan(PrefixLength), hash, out _, out _);
            digest = new Digest(hash);
        }
        else if (text.Length == 135 && text.StartsWith(Sha512, StringComparison.Ordinal))
        {
            digest = new Digest(text);
        }

        return !digest.IsEmpty;
    }

    /// <summary>Computes the sha256 digest of some bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>The digest.</returns>
    public static Digest OfSha256(ReadOnlySpan<byte> content) =>
        FromSha256(SHA256.HashData(content));

    /// <summary>Orders by algorithm, then by hex, byte by byte.</summary>
    /// <param name="other">The other digest.</param>
    /// <returns>Less than zero, zero or more than zero.</returns>
    public int CompareTo(Digest other)
    {
        if (!IsSha256 || !other.IsSha256)
        {
            return string.CompareOrdinal(_text, other._text);
        }

        int order = _first.CompareTo(other._first);
        order = order != 0 ? order : _second.CompareTo(other._second);
        order = order != 0 ? order : _third.CompareTo(other._third);
        return order != 0 ? order : _fourth.CompareTo(other._fourth);
    }

    /// <summary>Returns the digest as text.</summary>
    /// <returns><c>algorithm:hex</c>, or an empty string for <see langword="default"/>.</returns>
    public override string ToString() => IsSha256 ? $"{Sha256}:{HexOfWords()}" : _text ?? "";

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
    internal HashAlgorithmName HashName => Algorithm == Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;

    /// <summary>Whether it is the digest of content without a byte.</summary>
    internal bool IsOfEmptyContent => this == EmptySha256 || this == EmptySha512;

    internal static Digest FromSha256(ReadOnlySpan<byte> hash) => hash.Length == Sha256Bytes
        ? new Digest(hash)
        : throw new ArgumentException($"A sha256 has {Sha256Bytes} bytes, not {hash.Length}.", nameof(hash));

    /// <summary>The digest of a finished hash, in this digest's algorithm.</summary>
    internal Digest SameAlgorithm(ReadOnlySpan<byte> hash) => Algorithm == Sha512
        ? new Digest($"{Sha512}:{Convert.ToHexStringLower(hash)}")
        : FromSha256(hash);

    private string HexOfWords() => $"{_first:x16}{_second:x16}{_third:x16}{_fourth:x16}";
}
