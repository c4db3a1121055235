using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Bundles;

/// <summary>
/// One blob and all its places. Written to the first one only; once sealed it is copied to the others, so that bytes
/// nobody verified are never spread. Without places it lies in kept archives only and is sealed.
/// </summary>
internal sealed class StoredBlob(Digest digest, long size)
{
    private const int CopyBuffer = 1024 * 1024;

    private readonly List<BlobPlace> _places = new(1);
    private readonly Lock _gate = new();
    private long _held;
    private bool _sealed;

    public bool IsSealed
    {
        get
        {
            lock (_gate)
            {
                return _sealed || _places.Count == 0;
            }
        }
    }

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

    public bool HasCopies => _places.Count > 1;

    /// <summary>Adds a place; only while preparing. The first one added is the one written to.</summary>
    public void Add(BlobPlace place, long placeSize)
    {
        if (placeSize != size)
        {
            throw BundleFaults.Defect($"The plan gives {digest} the sizes {size} and {placeSize}.");
        }

        _places.Add(place);
    }

    public void Write(long offset, ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            if (_sealed || _places.Count == 0 || offset < 0 || offset > _held)
            {
                throw BundleFaults.Defect($"{digest} was written at {offset} with {_held} of {size} bytes held.");
            }
        }

        // Beyond its size lies another entry.
        if (content.Length > size - offset)
        {
            throw new MirrorException(new Fault(
                FaultCode.BlobSizeMismatch,
                $"{digest} is longer than the {size} bytes that its manifest states.",
                "The source is inconsistent: run again, and report it to the registry's owner if it stays."));
        }

        _places[0].Archive.Write(_places[0].Entry, offset, content);
        lock (_gate)
        {
            _held = Math.Max(_held, offset + content.Length);
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
                throw BundleFaults.Defect($"{digest} was sealed with {_held} of {size} bytes.");
            }

            _sealed = true;
        }

        _places[0].Archive.MarkComplete(_places[0].Entry);
        return true;
    }

    /// <summary>Forgets what was written; the next writer starts at 0.</summary>
    public void Reject()
    {
        lock (_gate)
        {
            if (_sealed)
            {
                throw BundleFaults.Defect($"{digest} was rejected after it was sealed.");
            }

            _held = 0;
        }
    }

    /// <summary>Copies the sealed content to all other places, reading it once.</summary>
    public void Copy(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[(int)Math.Min(CopyBuffer, size)];
        for (long offset = 0; offset < size;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Read(offset, buffer);
            if (count == 0)
            {
                throw BundleFaults.Defect($"{digest} ended at {offset} of {size} bytes while it was copied.");
            }

            foreach (BlobPlace place in _places.Skip(1))
            {
                place.Archive.Write(place.Entry, offset, buffer.AsSpan(0, count));
            }

            offset += count;
        }

        foreach (BlobPlace place in _places.Skip(1))
        {
            place.Archive.MarkComplete(place.Entry);
        }
    }
}
