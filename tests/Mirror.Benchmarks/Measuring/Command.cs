using Mirror.Benchmarks.Child;

namespace Mirror.Benchmarks.Measuring;

/// <summary>A program with its arguments.</summary>
internal sealed record Command(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The engine in a process of its own.</summary>
    public static Command Engine(ChildArguments arguments)
    {
        string self = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(self) == "dotnet";
        string[] own = isHost ? [typeof(Command).Assembly.Location] : [];
        return new Command(self, [.. own, .. arguments.Write()]);
    }

    /// <summary>A script for the system's shell that stops at the first failure.</summary>
    public static Command Script(string file, IEnumerable<string> lines)
    {
        File.WriteAllLines(file, ["set -eu", .. lines]);
        return new Command("/bin/sh", [file]);
    }
}
