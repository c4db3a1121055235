namespace Mirror.TestKit.Files;

/// <summary>The fenced blocks of a page, character by character as readers copy them.</summary>
public static class CodeBlocks
{
    private const string Fence = "```";

    /// <summary>The first block after a text.</summary>
    /// <param name="page">A Markdown page.</param>
    /// <param name="text">A text that is on the page, before the block.</param>
    /// <exception cref="ArgumentException">The text, or a block after it, is not on the page.</exception>
    public static string After(string page, string text)
    {
        int place = page.IndexOf(text, StringComparison.Ordinal);
        string[] parts = place < 0 ? [] : page[place..].Split(Fence);
        return parts.Length > 2
            ? parts[1][(parts[1].IndexOf('\n', StringComparison.Ordinal) + 1)..]
            : throw new ArgumentException($"There is no block after '{text}'.", nameof(text));
    }
}
