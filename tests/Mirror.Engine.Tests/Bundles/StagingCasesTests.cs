using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>The cases about the names of files while an archive is written and afterwards.</summary>
public sealed class StagingCasesTests
{
    private const string Archive = "platform.tar";
    private const int Chunk = 2048;

    public static TheoryData<string> Stages { get; } = CaseFile.Push.Ids(spec => spec.Kind == "staging");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task A_final_name_means_a_whole_archive(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using TemporaryFolder folder = new();
        if (id == "stage-stale-tmp")
        {
            await File.WriteAllTextAsync(folder.Combine(Archive + ".tmp"), "old bytes", Token);
        }
        else if (id == "stage-form-change")
        {
            await BundleRun.CompleteAsync(SketchedBundle.Tiny(2), folder.FullName, Token);
        }

        long chunkBytes = SpecCase.Any(spec.Input, "chunking") == "True" ? Chunk : 0;
        if (SpecCase.Text(spec.Input, "pack") == "ok")
        {
            await BundleRun.CompleteAsync(
                SketchedBundle.Tiny(1), folder.FullName, Token, force: true, chunkBytes: chunkBytes);
        }
        else
        {
            await StopAsync(folder.FullName, chunkBytes);
        }

        string[] files = [.. Directory.GetFiles(folder.FullName).Select(path => Path.GetFileName(path))
            .Where(name => name.StartsWith(Archive, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        CaseFile.Check(
            spec,
            $"{Final(SpecCase.Strings(spec.Wanted, "finalFiles"))}, "
                + Staged(SpecCase.Strings(spec.Wanted, "stagedFiles")),
            $"{Final(files)}, {Staged(files)}");
    }

    /// <summary>Writes a part of a bundle, and is stopped by whatever it may be.</summary>
    private static async Task StopAsync(string directory, long chunkBytes)
    {
        SketchedBundle bundle = SketchedBundle.Tiny(1);
        using OpenedBundle opened = await BundleRun.OpenAsync(
            bundle, directory, Token, options: new BundleOptions { ChunkBytes = chunkBytes });
        BundleRun.Store(opened.Writer, bundle, bundle.Contents.Keys.First());
    }

    /// <summary>The archive, or the first of its chunks.</summary>
    private static string Final(string[] names) => names
        .FirstOrDefault(name => name == Archive || name.EndsWith("0000.chunk", StringComparison.Ordinal)) ?? "none";

    private static string Staged(string[] names) => names
        .FirstOrDefault(name => Path.GetExtension(name) is ".part" or ".tmp") ?? "none";
}
