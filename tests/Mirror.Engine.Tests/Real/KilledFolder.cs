using System.Collections.Immutable;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;
using Mirror.Engine.Tests.Bundles;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>What a killed pull left in its bundle folder, read before the next pull touches it.</summary>
internal sealed class KilledFolder
{
    private readonly SortedDictionary<string, byte[]> _files;

    public KilledFolder(string directory)
    {
        _files = Directory.Exists(directory) ? BundleRun.Files(directory) : [];
        ImmutableArray<JournalContent> journals =
            [.. _files.Where(file => BundleNames.JournalledBy(file.Key) is not null)
                .Select(file => JournalLines.Read(file.Value)).OfType<JournalContent>()];
        Recorded = [.. journals.SelectMany(journal => journal.Written).Select(extent => $"{extent.Digest}")];
        Durable = [.. journals.SelectMany(journal => journal.Written.Take(journal.DurableCount))
            .Select(extent => $"{extent.Digest}")];
        Spooled = [.. SpooledNames(directory).Select(name => name.Replace('-', ':'))];
    }

    public PullPhase Phase =>
        _files.ContainsKey(BundleNames.Commit) ? PullPhase.Publish
        : _files.ContainsKey(BundleNames.Index) ? PullPhase.Ended
        : _files.Keys.Any(name => BundleNames.JournalledBy(name) is not null
            || BundleNames.PublishedName(name) is not null) ? PullPhase.Transfer
        : PullPhase.Planning;

    /// <summary>Digests of the blobs that a journal has.</summary>
    public ImmutableHashSet<string> Recorded { get; }

    /// <summary>Digests of those that a journal has as flushed.</summary>
    public ImmutableHashSet<string> Durable { get; }

    /// <summary>Digests of what planning has read.</summary>
    public ImmutableHashSet<string> Spooled { get; }

    /// <summary>Files that a reader would take as finished.</summary>
    public int Published => _files.Keys.Count(IsPublished);

    /// <summary>Whatever has its final name has its final content, and before the commit nothing has.</summary>
    public void DemandTrue(SortedDictionary<string, byte[]> expected)
    {
        foreach ((string name, byte[] content) in _files.Where(file => IsPublished(file.Key)))
        {
            Assert.True(Phase is PullPhase.Publish or PullPhase.Ended, $"{name} is there before the commit.");
            Assert.True(content.AsSpan().SequenceEqual(expected[name]), $"{name} is untrue.");
        }
    }

    private static bool IsPublished(string name) =>
        name != BundleNames.Commit
        && BundleNames.PublishedName(name) is null
        && BundleNames.JournalledBy(name) is null;

    private static IEnumerable<string> SpooledNames(string directory) =>
        Directory.Exists(Path.Combine(directory, ".tmp"))
            ? Directory.EnumerateFiles(Path.Combine(directory, ".tmp"), "sha256-*", SearchOption.AllDirectories)
                .Select(path => Path.GetFileName(path))
                .Where(name => BundleNames.PublishedName(name) is null)
            : [];
}
