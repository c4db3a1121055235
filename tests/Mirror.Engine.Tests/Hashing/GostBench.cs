using System.Diagnostics;
using System.Globalization;
using Mirror.Engine.Hashing;

namespace Mirror.Engine.Tests.Hashing;

/// <summary>What a child does with Streebog: names its kernel, or (by hand, in a Release build) measures all.</summary>
internal static class GostBench
{
    private const int Megabytes = 256;
    private const int Runs = 5;

    /// <summary>What a child makes the sum of.</summary>
    public static ReadOnlySpan<byte> Message => "Deckhouse Mirror computes the sums of its archives."u8;

    /// <summary>The kernel that is used, and its sum.</summary>
    public static void PrintKernel() => Console.Write($"{StreebogKernels.Best.Name} {Streebog.Of(Message)}\n");

    /// <summary>
    /// 100,000 messages for each kernel against the oracle, then megabytes for each second of processor time: the
    /// median of five runs, all in turn.
    /// </summary>
    public static void Run()
    {
        byte[] content = new byte[Megabytes * 1_000_000];
        new Random(1).NextBytes(content);
        List<(string Name, Action Work)> works = [("BouncyCastle", () => StreebogOracle.Of(content, 256))];
        foreach (StreebogKernel kernel in StreebogOracle.Native())
        {
            StreebogMessages.Check(kernel, seed: 100_000, count: 100_000);
            works.Add((kernel.Name, () => Streebog.Of(content, 256, kernel)));
        }

        Dictionary<string, List<double>> rates = works.ToDictionary(work => work.Name, _ => new List<double>());
        for (int run = 0; run < Runs; run++)
        {
            foreach ((string name, Action work) in works)
            {
                TimeSpan before = Spent();
                work();
                rates[name].Add(Megabytes / (Spent() - before).TotalSeconds);
            }
        }

        foreach ((string name, List<double> measured) in rates)
        {
            measured.Sort();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {measured[Runs / 2]:0} MB/s ({measured[0]:0} to {measured[^1]:0})"));
        }
    }

    // Of the processor, not of the clock: the machine has other work.
    private static TimeSpan Spent()
    {
        using Process self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
