using Mirror.Engine.Errors;

namespace Mirror.Engine;

/// <summary>What a misspelled name was probably meant to be: names that differ from it in a few letters.</summary>
public static class NearestNames
{
    private const int MaxLength = 200;
    private const int ShownNames = 8;
    private const int MaxNearest = 3;

    /// <summary>Finds the names that are nearest to a name.</summary>
    /// <param name="name">The name that does not exist.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="prefix">What all of these names begin with: it makes no name nearer than another.</param>
    /// <returns>
    /// At most three names, the nearest first, without those that are much farther away than it; empty if none is near.
    /// Case does not count.
    /// </returns>
    public static ImmutableArray<string> Find(string name, IEnumerable<string> known, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(prefix);
        if (name.Length is 0 or > MaxLength)
        {
            return [];
        }

        (string Name, int Distance)[] near =
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Where(candidate => candidate.Length <= MaxLength && candidate != name)
                .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
                .Where(candidate => candidate.Distance <= Allowed(name, candidate.Name, prefix.Length))
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal),
        ];
        return
        [
            .. near.TakeWhile(candidate => candidate.Distance <= near[0].Distance + 1)
                .Take(MaxNearest)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <summary>The question for an advice, with a blank behind it: <c>Did you mean 'console'? </c>.</summary>
    /// <param name="name">The name that does not exist.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="prefix">As for <see cref="Find"/>.</param>
    /// <returns>The question; empty if no name is near.</returns>
    public static string Ask(string name, IEnumerable<string> known, string prefix = "") =>
        Find(name, known, prefix) switch
        {
            [] => "",
            [var only] => $"Did you mean {QuotedText.Quote(only)}? ",
            [.. var first, var last] =>
                $"Did you mean {string.Join(", ", first.Select(QuotedText.Quote))} or {QuotedText.Quote(last)}? ",
        };

    /// <summary>Names for a message, in the order given: a few, and how many more there are.</summary>
    internal static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(ShownNames).Select(QuotedText.Quote))
            + (names.Count > ShownNames ? $" and {names.Count - ShownNames} more" : "");

    // One mistake in a short name, one more for every three letters of a longer one.
    private static int Allowed(string name, string candidate, int prefix) =>
        Math.Max(1, (Math.Min(name.Length, candidate.Length) - prefix) / 3);

    // Letters that are missing, added, wrong, or swapped with their neighbour (optimal string alignment).
    private static int Distance(string left, string right)
    {
        int[] before = new int[right.Length + 1];
        int[] above = [.. Enumerable.Range(0, right.Length + 1)];
        int[] current = new int[right.Length + 1];
        for (int row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int wrong = above[column - 1] + (Same(left[row - 1], right[column - 1]) ? 0 : 1);
                int best = Math.Min(wrong, Math.Min(above[column], current[column - 1]) + 1);
                bool isSwap = row > 1 && column > 1
                    && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]);
                current[column] = isSwap ? Math.Min(best, before[column - 2] + 1) : best;
            }

            (before, above, current) = (above, current, before);
        }

        return above[right.Length];
    }

    private static bool Same(char left, char right) =>
        char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
