using System.Collections.Concurrent;
using System.Globalization;

namespace Mirror.TestKit.Processes;

/// <summary>
/// The command lines of this process and of all that it started, as any user of the machine can list them. Linux only.
/// </summary>
public sealed class CommandLines
{
    private readonly ConcurrentQueue<string> _seen = new();

    /// <summary>Every command line that was met, its words separated by blanks.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>Looks now.</summary>
    /// <returns>True, so that it can stand in a condition.</returns>
    public bool Look()
    {
        ILookup<int, int> children = Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .ToLookup(ParentOf);
        Stack<int> open = new([Environment.ProcessId]);
        while (open.TryPop(out int process))
        {
            _seen.Enqueue(Read(process, "cmdline").Replace('\0', ' '));
            foreach (int child in children[process])
            {
                open.Push(child);
            }
        }

        return true;
    }

    // "12 (name) S 1 ...", where the name may hold anything.
    private static int ParentOf(int process)
    {
        string status = Read(process, "stat");
        string[] fields = status[(status.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}
