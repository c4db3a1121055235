using Mirror.Engine.Disk;
using Mirror.Engine.Hashing;

namespace Mirror.Engine.Bundles.Sums;

/// <summary>
/// Computes the GOST sums of files, on as many threads of its own as there are processors; a thread hashes two files at
/// a time where that is faster.
/// </summary>
internal sealed class GostFiles(IDisk disk, GostHasher hasher, Action<int> report)
{
    private const int BufferBytes = 1024 * 1024;

    /// <summary>Computes the sums. Blocks no thread of the pool.</summary>
    /// <param name="paths">The files; the largest should come first, so that none is left over for one thread.</param>
    /// <param name="done">Told of each file: its index and its sum.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task ComputeAsync(
        ImmutableArray<string> paths, Action<int, string> done, CancellationToken cancellationToken)
    {
        int next = 0;
        int threads = int.Min(paths.Length, Environment.ProcessorCount);
        return DiskWork.RunAsync([.. Enumerable.Range(0, threads)], Work, cancellationToken);

        void Work(int thread, CancellationToken token)
        {
            using Lane first = new(disk, hasher);
            using Lane second = new(disk, hasher);
            while (TryFill(first, isAlone: !second.IsOpen) | (hasher.Messages > 1 && TryFill(second, isAlone: false)))
            {
                token.ThrowIfCancellationRequested();
                ReadOnlySpan<byte> one = first.Read();
                ReadOnlySpan<byte> two = second.Read();
                GostHasher.Append(first.Digest, one, second.Digest, two);
                report(one.Length + two.Length);
                first.End(one.Length, done);
                second.End(two.Length, done);
            }
        }

        bool TryFill(Lane lane, bool isAlone)
        {
            if (!lane.IsOpen && TryTake(isAlone, out int index))
            {
                lane.Open(paths[index], index);
            }

            return lane.IsOpen;
        }

        // A second file only where every other processor finds one as well.
        bool TryTake(bool isAlone, out int index)
        {
            do
            {
                index = Volatile.Read(ref next);
                if (index >= paths.Length || (!isAlone && paths.Length - index < threads))
                {
                    return false;
                }
            }
            while (Interlocked.CompareExchange(ref next, index + 1, index) != index);
            return true;
        }
    }

    private sealed class Lane(IDisk disk, GostHasher hasher) : IDisposable
    {
        private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
        private IDiskFile? _file;
        private string _path = "";
        private long _offset;
        private int _index;

        public bool IsOpen => _file is not null;

        public IGostDigest? Digest { get; private set; }

        public void Open(string path, int index)
        {
            (_path, _index, _offset) = (path, index, 0);
            _file = Guard(() => disk.OpenRead(path));
            Digest = hasher.Create();
        }

        /// <summary>The next bytes, as many as the buffer holds but at the end of the file.</summary>
        public ReadOnlySpan<byte> Read() =>
            _buffer.AsSpan(0, _file is { } file ? Guard(() => file.ReadFully(_buffer, _offset)) : 0);

        /// <summary>After these bytes were hashed: ends the file if they were the last ones.</summary>
        public void End(int read, Action<int, string> done)
        {
            _offset += read;
            if (IsOpen && read < _buffer.Length)
            {
                Dispose();
                done(_index, Digest!.Finish());
                Digest = null;
            }
        }

        public void Dispose()
        {
            _file?.Dispose();
            _file = null;
        }

        private T Guard<T>(Func<T> work) => DiskFaults.Guard(_path, "read", work);
    }
}

/// <summary>The progress of GOST sums, reported on the threads that compute them.</summary>
/// <param name="Hashed">Takes how many more bytes are hashed.</param>
/// <param name="FileDone">Called when another file is hashed to its end.</param>
internal sealed record SumProgress(Action<int> Hashed, Action FileDone)
{
    public static SumProgress None { get; } = new(static _ => { }, static () => { });
}
