using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A pull into a folder that has archives: what they hold does not cross the wire again.</summary>
public sealed class EarlierContentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_archive_that_changes_takes_what_stays_from_the_one_that_was_there()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        await Run(source, folder.Combine("fresh"), "=v1.38.0").PullAsync();
        source.Requests.Clear();
        await Run(source, folder.Combine("bundle"), "=v1.37.2").PullAsync();
        string[] old = Blobs(source);
        source.Requests.Clear();

        await Run(source, folder.Combine("bundle"), "=v1.38.0").PullAsync();

        string[] asked = Blobs(source);
        Assert.NotEmpty(asked);
        Assert.Empty(asked.Intersect(old, StringComparer.Ordinal));
        BundleRun.DemandSame(
            BundleRun.Files(folder.Combine("fresh")), BundleRun.Files(folder.Combine("bundle")));
    }

    [Fact]
    public async Task Who_wants_to_start_over_gets_everything_from_the_source()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        await Run(source, folder.Combine("bundle"), "=v1.37.2").PullAsync();
        string[] old = Blobs(source);
        source.Requests.Clear();
        EngineRun run = Run(source, folder.Combine("bundle"), "=v1.38.0");
        run.Settings = run.Settings with { NoPullResume = true };

        await run.PullAsync();

        Assert.NotEmpty(Blobs(source).Intersect(old, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Content_that_does_not_have_its_digest_comes_from_the_source()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        await Run(source, folder.Combine("fresh"), "=v1.38.0").PullAsync();
        source.Requests.Clear();
        await Run(source, folder.Combine("bundle"), "=v1.37.2").PullAsync();
        string[] old = Blobs(source);
        SpoilBlobs(folder.Combine("bundle", "module-console.tar"));
        source.Requests.Clear();

        await Run(source, folder.Combine("bundle"), "=v1.38.0").PullAsync();

        Assert.NotEmpty(Blobs(source).Intersect(old, StringComparer.Ordinal));
        BundleRun.DemandSame(
            BundleRun.Files(folder.Combine("fresh")), BundleRun.Files(folder.Combine("bundle")));
    }

    [Fact]
    public async Task An_archive_that_is_none_is_passed_over()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        await Run(source, folder.Combine("fresh"), "=v1.38.0").PullAsync();
        Directory.CreateDirectory(folder.Combine("bundle"));
        await File.WriteAllTextAsync(folder.Combine("bundle", "module-console.tar"), "no archive", Token);
        await File.WriteAllTextAsync(folder.Combine("bundle", "other.tar.0001.chunk"), "no first chunk", Token);

        await Run(source, folder.Combine("bundle"), "=v1.38.0").PullAsync();

        Assert.Equal(
            await File.ReadAllBytesAsync(folder.Combine("fresh", "module-console.tar"), Token),
            await File.ReadAllBytesAsync(folder.Combine("bundle", "module-console.tar"), Token));
    }

    private static EngineRun Run(TestRegistry source, string bundle, string version)
    {
        EngineRun run = EngineRun.Of(source, bundle);
        run.Settings = run.Settings with
        {
            Components = MirrorComponents.Modules,
            IncludeModules = [$"console@{version}"],
            Force = true,
        };
        return run;
    }

    private static string[] Blobs(TestRegistry source) =>
        [.. source.Requests.Blobs().Select(record => record.Request.Route.Reference)];

    // The first byte of every blob: names and sizes stay, so only hashing can tell.
    private static void SpoilBlobs(string archive)
    {
        byte[] content = File.ReadAllBytes(archive);
        using MemoryStream stream = new(content, writable: false);
        using System.Formats.Tar.TarReader reader = new(stream);
        List<long> places = [];
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.Name.Contains("/blobs/", StringComparison.Ordinal) && entry.Length > 0)
            {
                places.Add(entry.DataOffset);
            }
        }

        places.ForEach(place => content[place] ^= 1);
        File.WriteAllBytes(archive, content);
    }
}
