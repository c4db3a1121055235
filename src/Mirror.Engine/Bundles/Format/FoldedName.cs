using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mirror.Engine.Bundles.Format;

/// <summary>
/// A file name as a person reads it: lower case, with plain letters and dots for those that only look like them, and
/// without what is not seen at all. Made for comparing, never for opening.
/// </summary>
internal static class FoldedName
{
    /// <summary>Cyrillic and Greek letters that look like Latin ones, and dots of other scripts.</summary>
    private const string LookAlikes = "аеорсхуткмνοαρτ。·٠۔";
    private const string Plain = "aeopcxytkmvoapt....";

    /// <summary>Embeddings, overrides and isolates of direction.</summary>
    private static readonly SearchValues<char> Turns =
        SearchValues.Create("\u202a\u202b\u202d\u202e\u2066\u2067\u2068");

    public static string Fold(string name)
    {
        // Browsers and gateways write a name as it stood in an address.
        string text = name.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(name) : name;
        StringBuilder valid = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            valid.Append(rune);
        }

        StringBuilder folded = new(text.Length);
        foreach (char letter in valid.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            if (IsSeen(letter))
            {
                int index = LookAlikes.IndexOf(letter, StringComparison.Ordinal);
                folded.Append(index < 0 ? letter : Plain[index]);
            }
        }

        return folded.ToString();
    }

    /// <summary>A name for people: what is not seen, or would turn the text around, is told by its number.</summary>
    public static string Shown(string name)
    {
        StringBuilder shown = new(name.Length);
        foreach (char letter in name.Length <= 200 ? name : name[..200] + "...")
        {
            _ = IsSeen(letter) || char.IsSurrogate(letter)
                ? shown.Append(letter)
                : shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
        }

        return shown.ToString();
    }

    /// <summary>Whether a name has characters that let it be read backwards.</summary>
    public static bool IsTurned(string name) =>
        name.AsSpan().ContainsAny(Turns);

    private static bool IsSeen(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark);
}
