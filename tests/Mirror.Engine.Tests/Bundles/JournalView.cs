using Mirror.Engine.Bundles.Journal;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>What the journals of a folder on the real disk say.</summary>
internal static class JournalView
{
    /// <summary>The digests of all blobs that are recorded as verified.</summary>
    public static HashSet<string> Digests(string directory) => Directory.Exists(directory)
        ?
        [
            .. Directory.GetFiles(directory, "*.journal")
                .Select(path => JournalLines.Read(File.ReadAllBytes(path)))
                .OfType<JournalContent>()
                .SelectMany(journal => journal.Written)
                .Select(extent => extent.Digest.ToString()),
        ]
        : [];
}
