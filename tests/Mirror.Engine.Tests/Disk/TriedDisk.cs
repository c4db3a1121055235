using Mirror.Engine.Disk;

namespace Mirror.Engine.Tests.Disk;

/// <summary>
/// Operations of the real disk, one after the other, each with the code of its fault or <c>done</c>. Runs in a process
/// whose system calls fail.
/// </summary>
internal static class TriedDisk
{
    private const int Bytes = 10_000;

    public static void Run(string folder)
    {
        PhysicalDisk disk = new();
        string path = Path.Combine(folder, "a");
        IDiskFile? file = null;
        Try("create", () => file = disk.Create(path, Bytes));
        Try("write", () => file!.Write(Content(), 0));
        Try("flush", () => file!.Flush());
        Try("flush again", () => file!.Flush());
        Try("close", () => file!.Close());
        Try("rename", () => disk.Rename(path, Path.Combine(folder, "b")));
        Try("flush folder", () => disk.FlushDirectory(folder));
        Try("lock", () => disk.OpenExclusive(Path.Combine(folder, "lock")).Dispose());
        foreach (string name in disk.List(folder))
        {
            bool isWhole = File.ReadAllBytes(Path.Combine(folder, name)).AsSpan().SequenceEqual(Content());
            Console.WriteLine($"{name}: {(isWhole ? "whole" : "not whole")}");
        }
    }

    private static byte[] Content() => [.. Enumerable.Range(0, Bytes).Select(number => (byte)(number % 251))];

    private static void Try(string operation, Action action)
    {
        string end = "done";
        try
        {
            action();
        }
        catch (Exception exception)
        {
            end = exception is not DiskException failure ? exception.GetType().Name
                : DiskFaults.HasNoLocks(failure) ? "no locks"
                : DiskFaults.Translate(failure, failure.Path, operation).Faults[0].Code;
        }

        Console.WriteLine($"{operation}: {end}");
    }
}
