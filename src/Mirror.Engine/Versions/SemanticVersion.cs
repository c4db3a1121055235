using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Semver;

namespace Mirror.Engine.Versions;

/// <summary>
/// A version in loose spelling: <c>v?N[.N[.N]][-pre][+meta]</c> (docs/behaviour/pull.md#version-dialect). Missing parts
/// are 0; order and equality are those of SemVer 2.0, so build metadata does not count.
/// </summary>
internal sealed record SemanticVersion : IComparable<SemanticVersion>
{
    /// <summary>No tag is longer (distribution-spec), so no version that could be pulled is.</summary>
    public const int MaxLength = 128;

    private const SemVersionStyles Loose =
        SemVersionStyles.AllowLowerV | SemVersionStyles.OptionalMinorPatch | SemVersionStyles.AllowLeadingZeros;

    private readonly SemVersion _value;

    private SemanticVersion(SemVersion value) => _value = value;

    public static SemanticVersion Zero { get; } = Create(0, 0, 0);

    public BigInteger Major => _value.Major;

    public BigInteger Minor => _value.Minor;

    public BigInteger Patch => _value.Patch;

    public bool IsPrerelease => _value.IsPrerelease;

    /// <summary>What follows the hyphen; empty: the version is a release.</summary>
    public string Prerelease => _value.Prerelease;

    public SemanticVersion WithoutMetadata() => new(_value.WithoutMetadata());

    public static SemanticVersion Create(BigInteger major, BigInteger minor, BigInteger patch) =>
        new(new SemVersion(major, minor, patch));

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = text is not null
            && SemVersion.TryParse(text, Loose, out SemVersion? value, MaxLength)
            && FitsTheDialect(value, text)
                ? new SemanticVersion(value)
                : null;
        return version is not null;
    }

    /// <summary>The tag a version has by convention: <c>v</c> and the normalised version.</summary>
    public string ToTag() => "v" + _value;

    public int CompareTo(SemanticVersion? other) => SemVersion.ComparePrecedence(_value, other?._value);

    public bool Equals(SemanticVersion? other) => other is not null && _value.PrecedenceEquals(other._value);

    public override int GetHashCode() => _value.WithoutMetadata().GetHashCode();

    public override string ToString() => _value.ToString();

    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    // The dialect tolerates leading zeros in the three numbers only, and the numbers are 64 bits wide: a tag made of
    // forty digits is somebody's hash. The package allows both, and drops the zeros of a pre-release.
    private static bool FitsTheDialect(SemVersion value, string text) =>
        value.Major <= ulong.MaxValue && value.Minor <= ulong.MaxValue && value.Patch <= ulong.MaxValue
        && (!value.IsPrerelease || text.AsSpan(text.IndexOf('-', StringComparison.Ordinal) + 1)
            .StartsWith(value.Prerelease, StringComparison.Ordinal));
}
