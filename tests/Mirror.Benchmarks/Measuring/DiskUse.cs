using System.Runtime.InteropServices;

namespace Mirror.Benchmarks.Measuring;

/// <summary>
/// The most bytes that lay below some folders, looked at often. Blocks are counted, not lengths: what a file reserves
/// is taken from others before it is written, and a hole in one takes nothing.
/// </summary>
internal sealed partial class DiskUse(IReadOnlyList<string> folders)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // "man 2 statx": the one call of this kind whose answer looks the same on every processor.
    private const int CurrentFolder = -100;
    private const int NotThroughLinks = 0x100;
    private const uint BlocksWanted = 0x400;
    private const int AnswerBytes = 256;
    private const int BlocksOffset = 48;
    private const int BlockBytes = 512;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
    };

    private long _peak;

    /// <summary>The highest sum seen so far.</summary>
    public long PeakBytes => Interlocked.Read(ref _peak);

    /// <summary>Looks until it is cancelled, and once more then.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (folders.Count > 0)
        {
            await Sampling.RunAsync(Interval, Look, cancellationToken);
            Look();
        }
    }

    private void Look() => Interlocked.Exchange(ref _peak, Math.Max(_peak, folders.Sum(Sum)));

    private static long Sum(string folder)
    {
        long sum = 0;
        try
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(folder, "*", Everything))
            {
                sum += AllocatedBytes(path);
            }
        }
        catch (IOException)
        {
            // A folder went away while it was looked at; the next look is a fifth of a second away.
        }

        return sum;
    }

    // A file that went away since it was listed takes nothing.
    private static long AllocatedBytes(string path)
    {
        Span<byte> answer = stackalloc byte[AnswerBytes];
        return Statx(CurrentFolder, path, NotThroughLinks, BlocksWanted, ref answer[0]) != 0
            ? 0
            : MemoryMarshal.Read<long>(answer[BlocksOffset..]) * BlockBytes;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte answer);
}
