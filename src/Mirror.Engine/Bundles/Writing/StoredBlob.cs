namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// One blob and all its places. Written to the first one only; once sealed it is copied to the others, so that bytes
/// nobody verified are never spread. Without places it lies in kept archives only and is sealed.
/// </summary>
internal sealed class StoredBlob(Digest digest, long size)
{
    private const int CopyBuffer = 1024 * 1024;

    /// <summary>How often the journal is told how far a blob came.</summary>
    private const int NotedBytes = 8 * 1024 * 1024;

    private readonly List<BlobPlace> _places = new(1);
    private readonly Lock _gate = new();
    private long _held;
    private long _noted;
    private volatile bool _sealed;
    private volatile bool _isClaimed;

    public bool IsSealed => _sealed || _places.Count == 0;

    /// <summary>The length of the prefix that was written.</summary>
    public long Held
    {
        get
        {
            lock (_gate)
            {
                return _places.Count == 0 ? size : _held;
            }
        }
    }

    /// <summary>Whether the whole blob is here by an earlier run's word, and must be hashed.</summary>
    public bool IsClaimed => _isClaimed && !_sealed;

    /// <summary>Whether it had been whole and flushed in an earlier run, and changed in one of its places.</summary>
    public bool WasDamaged { get; private set; }

    public long Size => size;

    public bool HasPlaces => _places.Count > 0;

    public bool HasCopies => Missing.Any();

    /// <summary>All places but the first that do not have the blob.</summary>
    private IEnumerable<BlobPlace> Missing =>
        _places.Skip(1).Where(place => !place.Archive.IsComplete(place.Entry));

    /// <summary>Adds a place; only while preparing. The first one added is the one written to.</summary>
    public void Add(BlobPlace place, long placeSize)
    {
        if (placeSize != size)
        {
            throw MirrorException.Defect($"The plan gives {digest} the sizes {size} and {placeSize}.");
        }

        _places.Add(place);
    }

    /// <summary>
    /// Takes what an earlier run left, only while preparing. A place that was hashed in this run becomes the first,
    /// else one that is said to have the blob: that one is held, not sealed.
    /// </summary>
    public void Restore()
    {
        int whole = _places.FindIndex(place => place.Archive.IsComplete(place.Entry));
        _sealed = whole >= 0;
        if (whole < 0)
        {
            whole = _places.FindIndex(place => place.Archive.IsClaimed(place.Entry));
            _isClaimed = whole >= 0;
        }

        if (whole >= 0)
        {
            (_places[0], _places[whole]) = (_places[whole], _places[0]);
            _held = _noted = size;
        }
        else if (HasPlaces)
        {
            _held = _noted = _places[0].Archive.BegunBytes(_places[0].Entry);
        }
    }

    /// <summary>Has the journal told how far the blob came, so that the next run goes on there.</summary>
    public void Note()
    {
        long held = 0;
        lock (_gate)
        {
            if (!_sealed && HasPlaces && _held != _noted)
            {
                held = _noted = _held;
            }
        }

        if (held > 0)
        {
            _places[0].Archive.NoteBegun(_places[0].Entry, held);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            if (_sealed || _places.Count == 0 || offset < 0 || offset > _held)
            {
                throw MirrorException.Defect($"{digest} was written at {offset} with {_held} of {size} bytes held.");
            }
        }

        // Beyond its size lies another entry.
        if (content.Length > size - offset)
        {
            throw new MirrorException(new Fault(
                FaultCode.BlobSizeMismatch,
                $"{digest} is longer than the {size} bytes that its manifest states.",
                "The source is inconsistent: run again; if the problem persists, tell the registry's administrator."));
        }

        _places[0].Archive.Write(_places[0].Entry, offset, content);
        bool isDue;
        lock (_gate)
        {
            _held = Math.Max(_held, offset + content.Length);
            isDue = _held - _noted >= NotedBytes;
        }

        if (isDue)
        {
            Note();
        }
    }

    public int Read(long offset, Span<byte> buffer)
    {
        long end = Held;
        return _places.Count == 0 || offset >= end
            ? 0
            : _places[0].Archive.Read(_places[0].Entry, offset, buffer[..(int)Math.Min(buffer.Length, end - offset)]);
    }

    /// <summary>Declares the first place verified. False when it was already.</summary>
    public bool Seal()
    {
        lock (_gate)
        {
            if (_sealed || _places.Count == 0)
            {
                return false;
            }

            if (_held != size)
            {
                throw MirrorException.Defect($"{digest} was sealed with {_held} of {size} bytes.");
            }

            _sealed = true;
        }

        _places[0].Archive.MarkComplete(_places[0].Entry);
        return true;
    }

    public void Reject()
    {
        lock (_gate)
        {
            if (_sealed)
            {
                throw MirrorException.Defect($"{digest} was rejected after it was sealed.");
            }

            WasDamaged |= _isClaimed && _places[0].Archive.IsClaimedDurable(_places[0].Entry);
            _held = _noted = 0;
            _isClaimed = false;
        }
    }

    /// <summary>
    /// Copies the sealed content to all other places, reading it once. What an earlier run copied there is compared,
    /// and written only where it differs.
    /// </summary>
    public void Copy(CancellationToken cancellationToken)
    {
        ImmutableArray<BlobPlace> missing = [.. Missing];
        byte[] buffer = new byte[(int)Math.Min(CopyBuffer, size)];
        byte[] other = missing.Any(IsClaimedAt) ? new byte[buffer.Length] : [];
        for (long offset = 0; offset < size;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Read(offset, buffer);
            if (count == 0)
            {
                throw MirrorException.Defect($"{digest} ended at {offset} of {size} bytes while it was copied.");
            }

            foreach (BlobPlace place in missing)
            {
                ReadOnlySpan<byte> content = buffer.AsSpan(0, count);
                if (!IsClaimedAt(place) || !IsThere(place, offset, content, other))
                {
                    WasDamaged |= place.Archive.IsClaimedDurable(place.Entry);
                    place.Archive.Write(place.Entry, offset, content);
                }
            }

            offset += count;
        }

        foreach (BlobPlace place in missing)
        {
            place.Archive.MarkComplete(place.Entry);
        }
    }

    private static bool IsClaimedAt(BlobPlace place) => place.Archive.IsClaimed(place.Entry);

    private static bool IsThere(BlobPlace place, long offset, ReadOnlySpan<byte> content, Span<byte> buffer)
    {
        int done = 0;
        int read;
        while (done < content.Length
            && (read = place.Archive.Read(place.Entry, offset + done, buffer[done..content.Length])) > 0)
        {
            done += read;
        }

        return buffer[..done].SequenceEqual(content);
    }
}

/// <summary>One entry of one archive that is being written.</summary>
internal readonly record struct BlobPlace(ArchiveFile Archive, int Entry);
