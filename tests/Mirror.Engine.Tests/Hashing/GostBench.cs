using System.Diagnostics;
using System.Globalization;
using Mirror.Engine.Hashing;
using Mirror.TestKit.Processes;

namespace Mirror.Engine.Tests.Hashing;

/// <summary>What a child does with Streebog: names its kernel, or (by hand, in a Release build) measures all.</summary>
internal static class GostBench
{
    private const int Megabytes = 256;
    private const int Runs = 5;

    /// <summary>What a child makes the sum of.</summary>
    public static ReadOnlySpan<byte> Message => "Deckhouse Mirror computes the sums of its archives."u8;

    /// <summary>The kernel that is used, and its sum.</summary>
    public static void PrintKernel() => Console.Write($"{StreebogKernels.Best.Name} {Streebog.ComputeHex(Message)}\n");

    /// <summary>
    /// 100,000 messages for each kernel against the oracle, then megabytes for each second of processor time: the
    /// median of five runs, all in turn. RHash and OpenSSL's engine take part where they are installed.
    /// </summary>
    public static void Run()
    {
        byte[] content = new byte[Megabytes * 1_000_000];
        new Random(1).NextBytes(content);
        string file = Path.GetTempFileName();
        File.WriteAllBytes(file, content);
        List<(string Name, Func<TimeSpan> Work)> works =
            [("BouncyCastle", () => Spent(() => StreebogOracle.Of(content, 256)))];
        foreach (StreebogKernel kernel in StreebogOracle.Native())
        {
            StreebogMessages.Check(kernel, seed: 100_000, count: 100_000);
            works.Add((kernel.Name, () => Spent(() => Streebog.ComputeHex(content, 256, kernel))));
            works.Add(($"{kernel.Name}, two messages at once", () => Spent(() =>
            {
                Streebog first = new(256, kernel);
                Streebog second = new(256, kernel);
                int half = content.Length / 2;
                Streebog.Append(first, content.AsSpan(0, half), second, content.AsSpan(half));
                first.Finish();
                second.Finish();
            })));
        }

        works.AddRange(
            Tools(file).Where(tool => RealParts.Find(tool.Path) is not null).Select<
                (string Name, string Path, string[] Arguments), (string Name, Func<TimeSpan> Work)>(
                    tool => (tool.Name, () => SpentBy(tool.Path, tool.Arguments))));
        Dictionary<string, List<double>> rates = works.ToDictionary(work => work.Name, _ => new List<double>());
        for (int run = 0; run < Runs; run++)
        {
            foreach ((string name, Func<TimeSpan> work) in works)
            {
                rates[name].Add(Megabytes / work().TotalSeconds);
            }
        }

        File.Delete(file);
        rates.Values.ToList().ForEach(measured => measured.Sort());
        double peer = rates["BouncyCastle"][Runs / 2];
        foreach ((string name, List<double> measured) in rates)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {measured[Runs / 2]:0} | {measured[0]:0} to {measured[^1]:0} | "
                    + $"{measured[Runs / 2] / peer:0.0} |"));
        }
    }

    private static IEnumerable<(string Name, string Path, string[] Arguments)> Tools(string file) =>
    [
        ("RHash", "rhash", ["--gost12-256", file]),
        ("OpenSSL with its GOST engine", "openssl", ["dgst", "-engine", "gost", "-md_gost12_256", file]),
    ];

    // Of the processor, not of the clock: the machine has other work.
    private static TimeSpan Spent(Action work)
    {
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        work();
        self.Refresh();
        return self.TotalProcessorTime - before;
    }

    // A process that has ended does not tell its processor time: by the clock, of an idle machine.
    private static TimeSpan SpentBy(string path, string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        using Process tool = Process.Start(new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        return tool.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start)
            : throw new InvalidOperationException($"{path} ended with {tool.ExitCode}.");
    }
}
