namespace Mirror.Engine.Disk;

/// <summary>An open file. Reads and writes name their offset, so one file serves many writers.</summary>
internal interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <summary>Tells this file from a copy of it, on one machine; empty when that cannot be told.</summary>
    string Identity { get; }

    void Write(ReadOnlySpan<byte> content, long offset);

    /// <summary>Reads up to the buffer's length; 0 at the end of the file.</summary>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    int ReadFully(Span<byte> buffer, long offset)
    {
        int done = 0;
        while (done < buffer.Length && Read(buffer[done..], offset + done) is var read and > 0)
        {
            done += read;
        }

        return done;
    }

    void Flush();

    /// <summary>
    /// Closes a file that was written and perhaps not flushed, and throws what the file system says of that: some tell
    /// of a failed write or a used up quota only here. <see cref="IDisposable.Dispose"/> says nothing.
    /// </summary>
    void Close() => Dispose();
}
