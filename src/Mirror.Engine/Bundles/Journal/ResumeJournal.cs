using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Journal;

/// <summary>
/// The journal of one archive while it is written: which blobs lie in its files, and which of them were flushed.
/// Append-only; safe for concurrent use.
/// </summary>
internal sealed class ResumeJournal : IDisposable
{
    private readonly BundleFolder _folder;
    private readonly string _name;
    private readonly JournalChain _chain = new();
    private readonly Lock _gate = new();
    private readonly IDiskFile _file;
    private long _length;
    private int _durable;
    private volatile int _count;

    /// <summary>
    /// Begins a journal, in place of an earlier one, with the blobs that an earlier run flushed to the same files.
    /// </summary>
    public ResumeJournal(BundleFolder folder, JournalHeader header, ImmutableArray<JournalExtent> durable)
    {
        _folder = folder;
        _name = BundleNames.Journal(header.Archive);
        List<byte> lines = [.. _chain.Next(JournalLines.Header(header))];
        foreach (JournalExtent extent in durable)
        {
            lines.AddRange(_chain.Next(JournalLines.Written(extent)));
        }

        _durable = _count = durable.Length;
        lines.AddRange(_chain.Next(JournalLines.Durable(_durable)));
        _length = lines.Count;

        // An earlier journal is in force until this one is whole.
        folder.WriteDurably(BundleNames.Part(_name), [.. lines]);
        folder.Rename(BundleNames.Part(_name), _name);
        _file = folder.OpenWrite(_name);
    }

    /// <summary>How many blobs are recorded.</summary>
    public int Count => _count;

    /// <summary>Records a blob that was verified and written, but perhaps not flushed.</summary>
    public void Written(JournalExtent extent)
    {
        lock (_gate)
        {
            Append(JournalLines.Written(extent));
            _count++;
        }
    }

    public void Begun(JournalExtent extent)
    {
        lock (_gate)
        {
            Append(JournalLines.Begun(extent));
        }
    }

    /// <summary>
    /// Records that the first so many blobs were flushed, and makes the record itself durable. Only after the flush.
    /// </summary>
    public void MarkDurable(int count)
    {
        lock (_gate)
        {
            if (count > _durable)
            {
                Append(JournalLines.Durable(count));
                _durable = count;
            }
        }

        _folder.Flush(_file, _name);
    }

    public void Dispose() => _file.Dispose();

    private void Append(string text)
    {
        byte[] line = _chain.Next(text);
        _folder.Write(_file, _name, line, _length);
        _length += line.Length;
    }
}
