using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// There and back between real registries: what a target got by a push, put in the source's place, gives the same
/// bundle as the source gave.
/// </summary>
public sealed class RoundTripTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task A_target_in_the_place_of_its_source_gives_the_same_bundle_byte_for_byte(long chunkBytes)
    {
        string program = RealPart.OrSkip("docker-registry");
        using TemporaryFolder folder = new();
        await using DockerRegistry target = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation);
        string place;
        MirrorReport pulled;
        await using (DockerRegistry source = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation))
        {
            place = source.Host;
            using RegistryFiller filler = new(place);
            await filler.FillAsync(DeckhouseMini.Load(), Cancellation);
            pulled = await PullAsync(place, folder.Combine("there"), chunkBytes);
        }

        PushRun push = new(target.Host, folder.Combine("there"));
        push.Settings = push.Settings with { Target = new RegistryEndpoint($"{target.Host}/deckhouse/ee") };
        MirrorReport pushed = await push.PushAsync();
        await target.MoveAsync(place, Cancellation);
        await PullAsync(place, folder.Combine("back"), chunkBytes);

        SortedDictionary<string, byte[]> expected = BundleRun.Files(folder.Combine("there"));
        Assert.Equal(place, target.Host);
        Assert.Contains(pulled.Plan.Archives, archive => archive.Layouts.Any(layout => layout.Path == "installer"));
        Assert.Contains(pulled.Plan.Archives, archive => archive.Layouts.Any(
            layout => layout.Path.StartsWith("deckhouse-cli/plugins/", StringComparison.Ordinal)));
        Assert.Equal(chunkBytes > 0, expected.ContainsKey("platform.tar.0001.chunk"));
        Assert.Contains(expected.Keys, name => name.EndsWith(".gostsum", StringComparison.Ordinal));
        BundleRun.DemandSame(expected, BundleRun.Files(folder.Combine("back")));
        await DemandTagsAsync(pushed.Plan, place);
    }

    private static async Task<MirrorReport> PullAsync(string host, string directory, long chunkBytes)
    {
        EngineRun run = new(host, directory);
        run.Settings = run.Settings with { BundleChunkSize = chunkBytes, GostDigest = true };
        return await run.PullAsync();
    }

    /// <summary>Every tag of the registry is one of the plan, and the other way round.</summary>
    private static async Task DemandTagsAsync(MirrorPlan plan, string host)
    {
        using RegistryReader reader = new(host);
        Assert.Equal(
            plan.Publications.Select(tag => $"{tag.Repository}:{tag.Tag} {tag.Digest}").Order(StringComparer.Ordinal),
            (await reader.ListAsync(Cancellation)).Select(tag => $"{tag.Repository}:{tag.Tag} {tag.Digest}")
                .Order(StringComparer.Ordinal));
    }
}
