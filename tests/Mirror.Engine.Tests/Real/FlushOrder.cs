using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// Whether a pull into an empty folder flushed what it must, out of its system calls: data before the record that calls
/// it durable, everything before the commit record, the record before the first rename, the folder after the last one.
/// </summary>
internal sealed class FlushOrder
{
    private readonly string _folder;
    private readonly ImmutableArray<SystemCall> _calls;
    private readonly List<string> _problems = [];

    public FlushOrder(IEnumerable<SystemCall> calls, string folder)
    {
        _folder = folder;
        _calls = [.. calls.Where(call => call.Path == folder || Path.GetDirectoryName(call.Path) == folder)];
        CheckJournals();
        CheckCommit();
    }

    /// <summary>What was flushed too late or not at all.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Records that called blobs durable.</summary>
    public int DurableRecords { get; private set; }

    /// <summary>Blobs that they called so.</summary>
    public int DurableBlobs { get; private set; }

    /// <summary>Files that got their final names.</summary>
    public int Published { get; private set; }

    private void CheckJournals()
    {
        Dictionary<string, byte[]> contents = [];
        Dictionary<string, int> durable = [];
        foreach (SystemCall call in _calls.Where(call => call.IsWrite))
        {
            string name = FinalName(call.Path);
            if (BundleNames.JournalledBy(name) is null)
            {
                continue;
            }

            byte[] earlier = call.Offset == 0 ? [] : contents.GetValueOrDefault(name, []);
            byte[] content = contents[name] = [.. earlier, .. Encoding.ASCII.GetBytes(call.Text)];
            bool isNext = call.Offset == earlier.Length && call.Length == call.Text.Length;
            JournalContent? journal = isNext ? JournalLines.Read(content) : null;
            if (journal is null)
            {
                _problems.Add($"{name} cannot be followed at {call.Offset}");
                continue;
            }

            int before = durable.GetValueOrDefault(name);
            if (journal.DurableCount > before)
            {
                durable[name] = journal.DurableCount;
                DurableRecords++;
                DurableBlobs += journal.DurableCount - before;
                CheckDurable(journal, before, call);
            }
        }
    }

    private void CheckDurable(JournalContent journal, int from, SystemCall record)
    {
        JournalHeader header = journal.Header;
        ImmutableArray<ArchivePart> parts = ArchivePart.Cut(header.Archive, header.Length, header.ChunkBytes);
        foreach (JournalExtent extent in journal.Written[from..journal.DurableCount])
        {
            foreach (ArchivePart part in parts)
            {
                long start = long.Max(extent.Offset, part.Offset);
                long end = long.Min(extent.Offset + extent.Size, part.Offset + part.Length);
                if (start < end && !IsFlushed(PathOf(part.StagedName), record.Begin, start - part.Offset, end - start))
                {
                    _problems.Add($"{part.StagedName}: {extent.Digest} was called durable before it was flushed");
                }
            }
        }

        if (!_calls.Any(call => call.IsFlush && call.Path == record.Path && call.Begin > record.End))
        {
            _problems.Add($"{Path.GetFileName(record.Path)} was not flushed after its record");
        }
    }

    private void CheckCommit()
    {
        string part = PathOf(BundleNames.Part(BundleNames.Commit));
        SystemCall? commit = _calls.SingleOrDefault(call => call.IsRename && call.Path == part);
        if (commit is null)
        {
            _problems.Add("there is no commit record");
            return;
        }

        if (!IsFlushed(part, commit.Begin))
        {
            _problems.Add("the commit record was renamed before it was flushed");
        }

        SystemCall[] renames = [.. _calls.Where(call => call.IsRename && IsPublication(call.NewPath))];
        Published = renames.Length;
        foreach (SystemCall rename in renames)
        {
            if (!IsFlushed(rename.Path, commit.Begin))
            {
                _problems.Add($"{Path.GetFileName(rename.Path)} was not flushed before the commit record");
            }

            if (!IsFolderFlushed(commit.End, rename.Begin))
            {
                _problems.Add($"{Path.GetFileName(rename.Path)} was renamed before the commit record was durable");
            }
        }

        SystemCall deleted = _calls.Last(call => call.IsRename || call.IsDeletion);
        if (deleted.Path != PathOf(BundleNames.Commit) || renames.Any(rename => rename.End > deleted.Begin))
        {
            _problems.Add("the commit record was not the last to go");
        }
        else if (!IsFolderFlushed(renames.Max(rename => rename.End), deleted.Begin))
        {
            _problems.Add("the folder was not flushed between the last rename and the end of the commit record");
        }

        if (!IsFolderFlushed(deleted.End, int.MaxValue))
        {
            _problems.Add("the folder was not flushed at the end");
        }
    }

    /// <summary>Whether the last write to a place was followed by a flush that was over before a moment.</summary>
    private bool IsFlushed(string path, int before, long offset = 0, long length = long.MaxValue / 2)
    {
        SystemCall[] writes = [.. _calls.Where(call =>
            call.IsWrite && call.Path == path && call.Begin < before && call.Touches(offset, length))];
        return writes.Length > 0 && _calls.Any(call => call.IsFlush && call.Path == path
            && call.Begin > writes.Max(write => write.End) && call.End < before);
    }

    private bool IsFolderFlushed(int after, int before) => _calls.Any(call =>
        call.IsFlush && call.Path == _folder && call.Begin > after && call.End < before);

    private static bool IsPublication(string path) =>
        FinalName(path) is var name && name != BundleNames.Commit && BundleNames.JournalledBy(name) is null;

    private static string FinalName(string path) =>
        BundleNames.PublishedName(Path.GetFileName(path)) ?? Path.GetFileName(path);

    private string PathOf(string name) => Path.Combine(_folder, name);
}
