using Mirror.Engine.Tests.Deckhouse;
using Mirror.Engine.Tests.Hashing;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The GOST sums of bundles out of a seed: of every file, whatever archives and chunks there are.</summary>
public sealed class SeededSumsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_file_has_the_sum_that_another_implementation_computes_of_it(int seed)
    {
        Random random = new(seed);
        SketchedSource source = new();
        int modules = random.Next(2, 5);
        for (int module = 0; module < modules; module++)
        {
            byte[] content = new byte[random.Next(150_000)];
            random.NextBytes(content);
            source.Version("modules", $"m{module}", "v1.0.0", ("content", Convert.ToBase64String(content)));
            source.Channel("modules", $"m{module}", "stable", "v1.0.0");
        }

        await using SketchRun run = await SketchRun.StartAsync(source);
        EngineRun pull = run.Run(MirrorComponents.Modules, settings => settings with
        {
            GostDigest = true,
            BundleChunkSize = random.Next(3) == 0 ? 0 : random.Next(100_000, 160_000),
        });

        MirrorReport report = await pull.PullAsync();

        string[] files = [.. Directory.GetFiles(run.BundleFolder).Where(IsContent).Order(StringComparer.Ordinal)];
        Assert.Equal(files, report.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.True(files.Length > modules, $"{files.Length} files");
        Assert.All(files, file => Assert.Equal(
            StreebogOracle.Of(File.ReadAllBytes(file), 256), File.ReadAllText($"{file}.gostsum")));
    }

    private static bool IsContent(string file) =>
        Path.GetExtension(file) is ".tar" or ".chunk";
}
