using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Versions;

/// <summary>A version as written in a constraint, where parts may be missing or wildcards.</summary>
/// <param name="Version">The version with zeros for what is not stated.</param>
/// <param name="StatedParts">How many leading numbers are stated: 3 is a full version, 0 is <c>*</c>.</param>
/// <param name="HasWildcard">Whether it holds <c>x</c>, <c>X</c> or <c>*</c>.</param>
internal sealed record VersionLiteral(SemanticVersion Version, int StatedParts, bool HasWildcard)
{
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out VersionLiteral? literal)
    {
        literal = null;
        ReadOnlySpan<char> bare = text.StartsWith('v') ? text[1..] : text;
        int coreLength = bare.IndexOfAny('-', '+');
        ReadOnlySpan<char> core = coreLength < 0 ? bare : bare[..coreLength];
        Span<Range> ranges = stackalloc Range[4];
        int partCount = core.Split(ranges, '.');
        if (partCount > 3)
        {
            return false;
        }

        string[] numbers = ["0", "0", "0"];
        int stated = 0;
        bool wildcard = false;
        foreach (Range range in ranges[..partCount])
        {
            ReadOnlySpan<char> part = core[range];
            if (part is "x" or "X" or "*")
            {
                wildcard = true;
            }
            else if (part.IsEmpty || part.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
            else if (!wildcard)
            {
                numbers[stated++] = part.ToString();
            }
        }

        string full = string.Concat(string.Join('.', numbers), bare[core.Length..]);
        if (SemanticVersion.TryParse(full, out SemanticVersion? version))
        {
            literal = new VersionLiteral(version, stated, wildcard);
        }

        return literal is not null;
    }
}
