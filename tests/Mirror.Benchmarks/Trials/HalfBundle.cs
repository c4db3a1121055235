using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;

namespace Mirror.Benchmarks.Trials;

/// <summary>A folder as a pull leaves it that was killed half way: the front half of every archive is there.</summary>
internal static class HalfBundle
{
    /// <summary>Makes one out of a whole bundle.</summary>
    public static void Make(string bundle, string folder, CancellationToken cancellationToken)
    {
        foreach (string file in Directory.GetFiles(bundle, "*.tar"))
        {
            string name = Path.GetFileName(file);
            using ArchiveReader archive = ArchiveReader.Open(
                new PhysicalDisk(), new StoredArchive(name, bundle, [name]), cancellationToken);
            File.Copy(file, Path.Combine(folder, BundleNames.Part(name)));
            JournalChain chain = new();
            JournalHeader header = new(name, archive.Fingerprint(), archive.Length, 0, "");
            using FileStream journal = File.Create(Path.Combine(folder, BundleNames.Journal(name)));
            journal.Write(chain.Next(JournalLines.Header(header)));
            foreach (ScannedEntry entry in archive.Entries.Where(
                entry => entry.FileName is null && entry.DataOffset < archive.Length / 2))
            {
                journal.Write(chain.Next(JournalLines.Written(new(entry.DataOffset, entry.Size, entry.Digest))));
            }
        }
    }
}
