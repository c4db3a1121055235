using System.Diagnostics;
using System.Globalization;
using Mirror.Engine.Hashing;

namespace Mirror.Engine.Tests.Hashing;

/// <summary>
/// What GOST sums cost a pull, and how fast they are verified; by hand, in a Release build, with a source that another
/// process serves. All variants take turns.
/// </summary>
internal static class GostTimings
{
    private const int Runs = 3;

    /// <summary>Measures.</summary>
    /// <param name="source">The source, without certificates.</param>
    /// <param name="directory">A folder for bundles, which is emptied.</param>
    /// <param name="rate">The most bytes in a second; 0: no bound.</param>
    /// <param name="chunkBytes">The largest file of an archive; 0: not split.</param>
    /// <param name="kernels">Who computes, by name; none: all that run here.</param>
    public static async Task RunAsync(
        string source, string directory, long rate, long chunkBytes, IReadOnlyCollection<string> kernels)
    {
        string[] variants = ["none", .. kernels.Count > 0 ? kernels : GostHasher.Names];
        Dictionary<string, List<(double Wall, double Processor)>> pulls = variants.ToDictionary(name => name, _ =>
            new List<(double, double)>());
        Dictionary<string, List<double>> verified = variants[1..].ToDictionary(name => name, _ => new List<double>());
        for (int run = 0; run < Runs; run++)
        {
            foreach (string variant in variants)
            {
                if (Directory.Exists(directory))
                {
                    Directory.Delete(directory, recursive: true);
                }

                pulls[variant].Add(await MeasureAsync(() => PullAsync(source, directory, rate, chunkBytes, variant)));
            }

            foreach (string name in variants[1..])
            {
                long bytes = Directory.GetFiles(directory, "*.gostsum")
                    .Sum(sum => new FileInfo(Path.ChangeExtension(sum, null)).Length);
                (double wall, _) = await MeasureAsync(() => VerifyAsync(directory, name));
                verified[name].Add(bytes / wall / 1_000_000);
            }
        }

        foreach (string variant in variants)
        {
            (double wall, double processor) = Median(pulls[variant]);
            (double without, double idle) = Median(pulls["none"]);
            double hashing = (processor - idle) / Environment.ProcessorCount;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {variant} | {wall:0.0} s | {wall / without:0.00} | {wall - without:0.0} s | {hashing:0.0} s | "
                    + $"{(verified.TryGetValue(variant, out List<double>? rates) ? Median(rates) : 0):0} MB/s |"));
        }
    }

    private static Task<MirrorReport> PullAsync(
        string source, string directory, long rate, long chunkBytes, string variant) =>
        Engine(variant).PullAsync(
            new MirrorPullSettings
            {
                Source = new RegistryEndpoint(source),
                Insecure = true,
                BundleDirectory = directory,
                BundleChunkSize = chunkBytes,
                GostDigest = variant != "none",
                Transfer = new TransferLimits { BytesPerSecond = rate == 0 ? null : rate },
            },
            null,
            CancellationToken.None);

    private static Task<GostReport> VerifyAsync(string directory, string name) => Engine(name).VerifyGostDigestAsync(
        new MirrorVerifyGostDigestSettings { BundleDirectory = directory }, null, CancellationToken.None);

    private static MirrorEngine Engine(string variant) => new(
        variant == "none" ? [] : new Dictionary<string, string> { ["D8_MIRROR_GOST_KERNEL"] = variant },
        TimeProvider.System);

    private static async Task<(double Wall, double Processor)> MeasureAsync(Func<Task> work)
    {
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        await work();
        TimeSpan wall = Stopwatch.GetElapsedTime(start);
        self.Refresh();
        return (wall.TotalSeconds, (self.TotalProcessorTime - before).TotalSeconds);
    }

    private static T Median<T>(IEnumerable<T> values) => values.Order().ElementAt(Runs / 2);
}
