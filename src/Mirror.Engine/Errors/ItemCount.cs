using System.Globalization;

namespace Mirror.Engine.Errors;

/// <summary>Counts for people: <c>1 image</c>, <c>2 images</c>, <c>0 repositories</c>.</summary>
internal static class ItemCount
{
    /// <summary>The number with its noun.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="nouns">The noun in the plural.</param>
    public static string Format(int count, string nouns) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? Singular(nouns) : nouns)}");

    private static string Singular(string nouns) =>
        nouns.EndsWith("ies", StringComparison.Ordinal) ? $"{nouns[..^3]}y" : nouns[..^1];
}
