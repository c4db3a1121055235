using System.Runtime.InteropServices;

namespace Mirror.Engine.Disk;

/// <summary>
/// What a failed operation of the real disk throws, whatever the framework makes of an error number: it has a type of
/// its own for some (a file that is too large is an <see cref="ArgumentOutOfRangeException"/>). Nothing else leaves the
/// room, so an operation that nobody guarded still names its file.
/// </summary>
internal sealed class DiskException : IOException
{
    private DiskException(string message, string path, int error, Exception? cause)
        : base(message, cause)
    {
        HResult = error;
        Path = path;
    }

    public string Path { get; }

    /// <summary>What the system calls an error number.</summary>
    public static string TextOf(int error) => Marshal.GetPInvokeErrorMessage(error);

    public static DiskException Create(int error, string path) => new(TextOf(error), path, error, null);

    /// <summary>For what no system has a number for.</summary>
    public static DiskException Create(int error, string path, string message) => new(message, path, error, null);

    public static DiskException Create(Exception exception, string path) => new(
        exception.Message,
        path,
        exception is IOException or UnauthorizedAccessException ? exception.HResult : DiskError.Unspecific,
        exception);

    public static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (IsForeign(exception))
        {
            throw Create(exception, path);
        }
    }

    public static void Guard(string path, Action work) => Guard(path, () =>
    {
        work();
        return true;
    });

    /// <summary>Whether an exception is not yet the room's; using a closed file is a defect and stays one.</summary>
    public static bool IsForeign(Exception exception) =>
        exception is not (DiskException or ObjectDisposedException or OutOfMemoryException);

    public static void ThrowIf(int error, string path)
    {
        if (error != 0)
        {
            throw Create(error, path);
        }
    }
}
