using System.Text.RegularExpressions;
using Mirror.Engine.Registry.Wire;

namespace Mirror.Engine.Registry.Reading;

/// <summary>Finds the next page in Link headers (RFC 8288): several links, parameters in any order and form.</summary>
internal static partial class LinkHeader
{
    private const int MaxLength = 16 * 1024;

    /// <summary>The target of the first link with relation <c>next</c>, or <see langword="null"/>.</summary>
    public static string? FindNext(IEnumerable<string> values)
    {
        foreach (string value in values.Where(value => value.Length <= MaxLength))
        {
            if (FindNext(value) is { } target)
            {
                return target;
            }
        }

        return null;
    }

    /// <summary>
    /// What a link to the next page says, its query byte for byte; <see langword="null"/> when there is none. Only
    /// that counts: registries behind proxies name other schemes, hosts and paths than those they are reached by.
    /// </summary>
    public static string? QueryOf(string target)
    {
        string reference = target.Split('#')[0];
        int query = reference.IndexOf('?', StringComparison.Ordinal) + 1;
        return query == 0 || query == reference.Length
            || reference.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
                ? null
                : LocationHeader.Escape(reference[query..]);
    }

    /// <summary>
    /// Whether a header that names no next page may have meant one: a list that is cut short unseen is a loss.
    /// </summary>
    public static bool IsUnreadable(IEnumerable<string> values) => values.Any(value =>
        value.Length > MaxLength
        || value.Count(letter => letter == '<') != value.Count(letter => letter == '>')
        || NextPattern().IsMatch(value));

    [GeneratedRegex(@"\brel\s*=\s*""?[^"";,]*\bnext\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex NextPattern();

    private static string? FindNext(ReadOnlySpan<char> rest)
    {
        while (true)
        {
            int open = rest.IndexOf('<');
            if (open < 0)
            {
                return null;
            }

            rest = rest[(open + 1)..];
            int close = rest.IndexOf('>');
            if (close < 0)
            {
                return null;
            }

            string target = rest[..close].Trim().ToString();
            rest = rest[(close + 1)..];
            if (TakeParameters(ref rest))
            {
                return target;
            }
        }
    }

    // Reads up to the comma that ends the link; says whether one of the relations is "next".
    private static bool TakeParameters(ref ReadOnlySpan<char> rest)
    {
        bool isNext = false;
        while (true)
        {
            rest = rest.TrimStart(" \t;");
            if (rest.IsEmpty || rest[0] is ',' or '<')
            {
                return isNext;
            }

            int nameEnd = rest.IndexOfAny("=;,");
            ReadOnlySpan<char> name = nameEnd < 0 ? rest : rest[..nameEnd];
            rest = rest[name.Length..];
            if (!rest.StartsWith('='))
            {
                continue;
            }

            ReadOnlySpan<char> value = TakeValue(ref rest);
            isNext |= name.Trim().Equals("rel", StringComparison.OrdinalIgnoreCase) && HasNext(value);
        }
    }

    private static ReadOnlySpan<char> TakeValue(ref ReadOnlySpan<char> rest)
    {
        rest = rest[1..].TrimStart(" \t");
        bool isQuoted = rest.StartsWith('"');
        rest = isQuoted ? rest[1..] : rest;
        int end = isQuoted ? rest.IndexOf('"') : rest.IndexOfAny(";,");
        ReadOnlySpan<char> value = end < 0 ? rest : rest[..end];
        rest = rest[Math.Min(value.Length + (isQuoted ? 1 : 0), rest.Length)..];
        return value;
    }

    private static bool HasNext(ReadOnlySpan<char> relations)
    {
        foreach (Range range in relations.Split(' '))
        {
            if (relations[range].Trim().Equals("next", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
