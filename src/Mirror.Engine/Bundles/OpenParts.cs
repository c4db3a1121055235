using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles;

/// <summary>
/// Keeps some files of a large set open, those that were read last: a set may have more files than a process may open.
/// Safe for concurrent use.
/// </summary>
internal sealed class OpenParts(IDisk disk, int most) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenPart> _open = new(StringComparer.Ordinal);
    private long _clock;

    public int Read(string path, Span<byte> buffer, long offset)
    {
        OpenPart part = Take(path);
        try
        {
            return part.File.Read(buffer, offset);
        }
        finally
        {
            lock (_gate)
            {
                part.Readers--;
            }
        }
    }

    public void Dispose()
    {
        foreach (OpenPart part in _open.Values)
        {
            part.File.Dispose();
        }

        _open.Clear();
    }

    private OpenPart Take(string path)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(path, out OpenPart? part))
            {
                MakeRoom();
                _open.Add(path, part = new OpenPart(disk.OpenRead(path)));
            }

            part.Readers++;
            part.LastRead = ++_clock;
            return part;
        }
    }

    private void MakeRoom()
    {
        if (_open.Count < most)
        {
            return;
        }

        IEnumerable<KeyValuePair<string, OpenPart>> idle = _open.Where(pair => pair.Value.Readers == 0);
        if (idle.MinBy(pair => pair.Value.LastRead) is { Key: { } path, Value: { } part })
        {
            _open.Remove(path);
            part.File.Dispose();
        }
    }

    private sealed class OpenPart(IDiskFile file)
    {
        public IDiskFile File => file;

        public int Readers { get; set; }

        public long LastRead { get; set; }
    }
}
