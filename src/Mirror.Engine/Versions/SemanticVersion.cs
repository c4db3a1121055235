using System.Diagnostics.CodeAnalysis;
using Semver;

namespace Mirror.Engine.Versions;

/// <summary>A version in loose spelling.</summary>
internal sealed record SemanticVersion
{
    private const SemVersionStyles Loose =
        SemVersionStyles.AllowLowerV | SemVersionStyles.OptionalMinorPatch | SemVersionStyles.AllowLeadingZeros;

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = text is not null && SemVersion.TryParse(text, Loose, out _) ? new SemanticVersion() : null;
        return version is not null;
    }
}
