using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Versions;

/// <summary>
/// Reads the range dialect of docs/behaviour/pull.md#version-dialect in one pass, left to right, never going back:
/// <c>range := group ("||" group)*</c>, <c>group := item ((blank | ",") item)*</c>, <c>item := literal blank "-" blank
/// literal | [operator] literal</c>.
/// </summary>
internal ref struct VersionRangeParser
{
    private const string Blanks = " \t\r\n";

    private static readonly SearchValues<char> LiteralCharacters =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-+*");

    // Longer spellings first: ">" must not win over ">=".
    private static readonly ImmutableArray<(string Spelling, ComparisonOperator Operator)> Operators =
    [
        ("!=", ComparisonOperator.NotEqual),
        (">=", ComparisonOperator.AtLeast),
        ("=>", ComparisonOperator.AtLeast),
        ("<=", ComparisonOperator.AtMost),
        ("=<", ComparisonOperator.AtMost),
        ("~>", ComparisonOperator.Tilde),
        ("=", ComparisonOperator.Equal),
        (">", ComparisonOperator.Greater),
        ("<", ComparisonOperator.Less),
        ("~", ComparisonOperator.Tilde),
        ("^", ComparisonOperator.Caret),
    ];

    private ReadOnlySpan<char> _rest;

    private VersionRangeParser(ReadOnlySpan<char> text) => _rest = text;

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out VersionRange? range)
    {
        VersionRangeParser parser = new(text);
        return parser.TryReadRange(out range);
    }

    private bool TryReadRange([NotNullWhen(true)] out VersionRange? range)
    {
        range = null;
        ImmutableArray<ComparisonGroup>.Builder groups = ImmutableArray.CreateBuilder<ComparisonGroup>();
        do
        {
            if (!TryReadGroup(out ComparisonGroup? group))
            {
                return false;
            }

            groups.Add(group);
        }
        while (Skip("||"));

        range = _rest.IsEmpty ? new VersionRange(groups.ToImmutable()) : null;
        return range is not null;
    }

    private bool TryReadGroup([NotNullWhen(true)] out ComparisonGroup? group)
    {
        group = null;
        ImmutableArray<Comparison>.Builder comparisons = ImmutableArray.CreateBuilder<Comparison>();
        SkipBlanks();
        bool another = true;
        while (another)
        {
            if (!TryReadItem(comparisons))
            {
                return false;
            }

            bool blank = SkipBlanks();
            bool comma = Skip(",");
            SkipBlanks();
            another = comma || (blank && !_rest.IsEmpty && !_rest.StartsWith("||"));
        }

        group = new ComparisonGroup(comparisons.ToImmutable());
        return true;
    }

    private bool TryReadItem(ImmutableArray<Comparison>.Builder comparisons)
    {
        bool hasOperator = TryReadOperator(out ComparisonOperator comparisonOperator);
        SkipBlanks();
        if (!TryReadLiteral(out VersionLiteral? literal))
        {
            return false;
        }

        if (hasOperator || !SkipHyphen())
        {
            comparisons.Add(new Comparison(comparisonOperator, literal));
            return true;
        }

        if (!TryReadLiteral(out VersionLiteral? upper))
        {
            return false;
        }

        comparisons.Add(new Comparison(ComparisonOperator.AtLeast, literal));
        comparisons.Add(new Comparison(ComparisonOperator.AtMost, upper));
        return true;
    }

    private bool TryReadOperator(out ComparisonOperator found)
    {
        foreach ((string spelling, ComparisonOperator candidate) in Operators)
        {
            if (Skip(spelling))
            {
                found = candidate;
                return true;
            }
        }

        found = ComparisonOperator.Equal;
        return false;
    }

    private bool TryReadLiteral([NotNullWhen(true)] out VersionLiteral? literal)
    {
        int length = _rest.IndexOfAnyExcept(LiteralCharacters);
        ReadOnlySpan<char> text = length < 0 ? _rest : _rest[..length];
        _rest = _rest[text.Length..];
        return VersionLiteral.TryParse(text, out literal);
    }

    // The hyphen of "1.2 - 1.4" has blanks around it; without them it starts a pre-release.
    private bool SkipHyphen()
    {
        ReadOnlySpan<char> ahead = _rest.TrimStart(Blanks);
        bool hyphen = ahead.Length < _rest.Length && ahead is ['-', ' ' or '\t' or '\r' or '\n', ..];
        if (hyphen)
        {
            _rest = ahead[1..].TrimStart(Blanks);
        }

        return hyphen;
    }

    private bool Skip(ReadOnlySpan<char> token)
    {
        bool found = _rest.StartsWith(token);
        if (found)
        {
            _rest = _rest[token.Length..];
        }

        return found;
    }

    private bool SkipBlanks()
    {
        int before = _rest.Length;
        _rest = _rest.TrimStart(Blanks);
        return _rest.Length < before;
    }
}
