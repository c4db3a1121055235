using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mirror.TestKit.Processes;

/// <summary>
/// What this process does on SIGINT, as far as its children inherit it. A shell starts background jobs with SIGINT
/// ignored; .NET respects that, and so does every child: a build started from there could not be interrupted.
/// </summary>
public static class InterruptSignal
{
    private const int Number = 2;

    // More than any C library's "struct sigaction" takes; its first field is the handler, on Linux and on macOS.
    private const int ActionBytes = 512;

    // SIG_DFL and SIG_IGN.
    private const long Default = 0;
    private const long Ignored = 1;

    private static readonly Lock Disposition = new();

    /// <summary>Whether this process ignores SIGINT. False on Windows, which has no signals.</summary>
    public static bool IsIgnored => !OperatingSystem.IsWindows() && BitConverter.ToInt64(Read()) == Ignored;

    /// <summary>Starts a process that SIGINT can end, whatever this one does on it.</summary>
    /// <param name="start">What to start.</param>
    /// <returns>The started process.</returns>
    public static Process StartInterruptible(ProcessStartInfo start)
    {
        lock (Disposition)
        {
            using IDisposable? reset = IsIgnored ? new Change(Default) : null;
            return Process.Start(start)!;
        }
    }

    /// <summary>Ignores SIGINT in this process, as a background job does, until the result is disposed.</summary>
    /// <exception cref="PlatformNotSupportedException">This is Windows.</exception>
    public static IDisposable Ignore() => new Change(Ignored);

    private static byte[] Read()
    {
        byte[] action = new byte[ActionBytes];
        ThrowIfFailed(Exchange(Number, null, action));
        return action;
    }

    private static void Write(byte[] action) => ThrowIfFailed(Exchange(Number, action, null));

    private static void ThrowIfFailed(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"sigaction failed with {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [DllImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Exchange(int signal, byte[]? action, [Out] byte[]? former);

    /// <summary>Another handler than before, until it is disposed.</summary>
    private sealed class Change : IDisposable
    {
        private readonly byte[] _former;

        public Change(long handler)
        {
            if (OperatingSystem.IsWindows())
            {
                throw new PlatformNotSupportedException("Windows has no signals.");
            }

            lock (Disposition)
            {
                _former = Read();
                byte[] action = [.. _former];
                BitConverter.TryWriteBytes(action, handler);
                Write(action);
            }
        }

        public void Dispose()
        {
            lock (Disposition)
            {
                Write(_former);
            }
        }
    }
}
