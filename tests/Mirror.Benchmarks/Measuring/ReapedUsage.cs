using System.Globalization;

namespace Mirror.Benchmarks.Measuring;

/// <summary>
/// What the ended children of this process used, as Linux keeps it for their parent. The difference of two readings is
/// what the one child between them used, with all its own children.
/// </summary>
/// <param name="Cpu">Processor time.</param>
/// <param name="WrittenBytes">
/// Bytes handed to the disk's cache (<c>write_bytes</c>); sockets, pipes and a tmpfs do not count.
/// </param>
internal readonly record struct ReapedUsage(TimeSpan Cpu, long WrittenBytes)
{
    // "man 5 proc": fields 16 and 17, counted from the one after the name's closing bracket, which is the third.
    private const int ChildUserTime = 16 - 3;
    private const int ChildSystemTime = 17 - 3;
    private const int TicksPerSecond = 100;

    public static ReapedUsage Read()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = Number(fields[ChildUserTime]) + Number(fields[ChildSystemTime]);
        string written = File.ReadLines("/proc/self/io")
            .First(line => line.StartsWith("write_bytes:", StringComparison.Ordinal));
        return new ReapedUsage(
            TimeSpan.FromSeconds((double)ticks / TicksPerSecond), Number(written[(written.IndexOf(' ') + 1)..]));
    }

    public static ReapedUsage operator -(ReapedUsage left, ReapedUsage right) =>
        new(left.Cpu - right.Cpu, left.WrittenBytes - right.WrittenBytes);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
