using Mirror.Engine.Tests.Flows.Delta;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>Two real registries: one gets full bundles, the other a full bundle and a delta.</summary>
public sealed class DockerRegistryDeltaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_bundle_and_a_delta_fill_a_registry_as_two_full_bundles_do_and_a_check_says_so()
    {
        string program = RealPart.OrSkip("docker-registry");
        await using DockerRegistry first = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation);
        await using DockerRegistry second = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation);
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await PushAsync(run, "a", first.Host);
        await PushAsync(run, "a", second.Host, "a.have.json");
        run.PublishNext();
        await run.PullAsync("b", []);
        MirrorReport delta = await run.PullAsync("delta", ["a.have.json"]);

        await PushAsync(run, "b", first.Host);
        await PushAsync(run, "delta", second.Host);

        Assert.True(delta.Plan.OmittedBlobs > 0);
        Assert.Equal(Listing(first), Listing(second));
        foreach (string bundle in new[] { "b", "delta" })
        {
            MirrorCheckResult result = await run.Engine.CheckAsync(
                new MirrorCheckSettings
                {
                    Targets = [TargetOf(first.Host), TargetOf(second.Host)],
                    Insecure = true,
                    BundleDirectory = run.Path(bundle),
                    CheckDepth = CheckDepth.Blobs,
                },
                null,
                Cancellation);
            Assert.Equal(delta.Plan.StateId, result.StateId);
            Assert.All(result.Targets, target => Assert.True(target.IsWhole));
        }
    }

    [Fact]
    public async Task A_delta_writes_nothing_to_a_registry_that_lacks_its_base_or_one_layer_of_it()
    {
        string program = RealPart.OrSkip("docker-registry");
        await using DockerRegistry empty = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation);
        await using DockerRegistry filled = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation);
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await PushAsync(run, "a", filled.Host);
        run.PublishNext();
        MirrorReport delta = await run.PullAsync("delta", ["a"]);
        Digest lost = delta.Plan.Archives.SelectMany(archive => archive.Layouts)
            .Single(layout => layout.Path.Length == 0).Omitted[0].Digest;
        using HttpClient http = new();
        using HttpResponseMessage deleted = await http.DeleteAsync(
            new Uri($"http://{filled.Host}/v2/mirror/ee/blobs/{lost}"), Cancellation);
        deleted.EnsureSuccessStatusCode();
        string[] before = Listing(filled);

        await DemandRefusalAsync(run, empty.Host);
        await DemandRefusalAsync(run, filled.Host);

        Assert.Empty(Listing(empty));
        Assert.Equal(before, Listing(filled));
    }

    private static async Task DemandRefusalAsync(DeltaRun run, string host)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => PushAsync(run, "delta", host));
        Assert.Equal(FaultCode.TargetLacksBase, Assert.Single(failure.Faults).Code);
    }

    private static Task<MirrorReport> PushAsync(DeltaRun run, string bundle, string host, string? receipt = null) =>
        run.Engine.PushAsync(
            run.PushSettings(bundle, receipt) with { Target = new RegistryEndpoint(TargetOf(host)) },
            null,
            Cancellation);

    private static string TargetOf(string host) => $"{host}/mirror/ee";

    /// <summary>The tags, manifests and blobs of each repository, as the registry links them.</summary>
    private static string[] Listing(DockerRegistry registry)
    {
        string root = Path.Combine(registry.StoreFolder, "docker", "registry", "v2", "repositories");
        return !Directory.Exists(root) ? [] :
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path))
                .Where(path => !path.Contains("_uploads", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }
}
