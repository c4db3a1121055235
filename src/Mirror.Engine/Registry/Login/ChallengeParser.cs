using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Mirror.Engine.Registry.Login;

/// <summary>
/// Reads WWW-Authenticate values: several challenges in one value, commas inside quotes, names in any case. What cannot
/// be read is skipped, never an error: another challenge may do.
/// </summary>
internal static class ChallengeParser
{
    private const int MaxLength = 16 * 1024;

    private static readonly SearchValues<char> TokenEnd = SearchValues.Create(" \t,=\"");

    public static ImmutableArray<Challenge> Parse(IEnumerable<string> values)
    {
        ImmutableArray<Challenge>.Builder challenges = ImmutableArray.CreateBuilder<Challenge>();
        foreach (string value in values.Where(value => value.Length <= MaxLength))
        {
            ParseValue(value, challenges);
        }

        return challenges.ToImmutable();
    }

    private static void ParseValue(ReadOnlySpan<char> rest, ImmutableArray<Challenge>.Builder challenges)
    {
        string? scheme = null;
        Dictionary<string, string> parameters = [];
        while (true)
        {
            rest = rest.TrimStart(" \t,");
            string word = TakeToken(ref rest);
            ReadOnlySpan<char> after = rest.TrimStart(" \t");
            if (word.Length > 0 && after.StartsWith('='))
            {
                rest = after[1..].TrimStart(" \t");
                parameters.TryAdd(word.ToLowerInvariant(), TakeValue(ref rest));
                continue;
            }

            // A word without '=' is the scheme of the next challenge.
            if (scheme is not null)
            {
                challenges.Add(new Challenge(scheme, parameters.ToFrozenDictionary(StringComparer.Ordinal)));
                parameters = [];
            }

            if (word.Length == 0)
            {
                return;
            }

            scheme = word.ToLowerInvariant();
        }
    }

    private static string TakeToken(ref ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAny(TokenEnd);
        ReadOnlySpan<char> token = end < 0 ? rest : rest[..end];
        rest = rest[token.Length..];
        return token.ToString();
    }

    private static string TakeValue(ref ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith('"'))
        {
            int end = rest.IndexOfAny(" \t,");
            ReadOnlySpan<char> plain = end < 0 ? rest : rest[..end];
            rest = rest[plain.Length..];
            return plain.ToString();
        }

        StringBuilder text = new();
        int index = 1;
        for (; index < rest.Length && rest[index] != '"'; index++)
        {
            if (rest[index] == '\\' && index + 1 < rest.Length)
            {
                index++;
            }

            text.Append(rest[index]);
        }

        rest = rest[Math.Min(index + 1, rest.Length)..];
        return text.ToString();
    }
}
