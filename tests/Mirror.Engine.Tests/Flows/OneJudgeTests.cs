using System.Text;
using System.Text.Json;
using Mirror.Engine.Oci;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A pull, a verification and a push judge alike: nobody finds out behind the air gap.</summary>
public sealed class OneJudgeTests : IDisposable
{
    private const string Extra = $"{SketchedSource.Edition}/modules/console/extra/scanner";
    private const string Tag = "3";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_a_pull_takes_a_verification_and_a_push_take(int seed)
    {
        SketchedSource source = Source();
        new DrawnIndex(source.Content.Repository(Extra), seed).Put(Tag);
        await using TestRegistry registry = await source.StartAsync();
        try
        {
            await PullAsync(registry);
        }
        catch (MirrorException refusal)
        {
            Assert.All(refusal.Faults, fault => Assert.Contains(
                fault.Code,
                new[]
                {
                    FaultCode.MetadataFileMalformed, FaultCode.ManifestMalformed, FaultCode.BlobSizesDiffer,
                    FaultCode.BlobSizeMismatch, FaultCode.ArchivesIncomplete,
                }));
            return;
        }

        await VerifyAndPushAsync();
    }

    [Fact]
    public void Some_of_the_seeds_are_taken_and_some_refused() =>
        // Counted by the rule itself; a sum of both over all seeds keeps the theory from being empty.
        Assert.InRange(Seeds.Count(row => Judged(row.Data)), 5, Seeds.Count - 5);

    [Fact]
    public async Task Content_that_only_its_manifest_has_is_pulled_and_pushed()
    {
        byte[] config = Encoding.UTF8.GetBytes("{\"only\":\"embedded\"}");
        BytesBlob layer = new(TarGzip.Write([("file", "text")]));
        SketchedSource source = Source();
        RepositoryContent repository = source.Content.Repository(Extra);
        repository.AddBlob(layer);
        repository.AddManifest(
            new StoredManifest(MediaType.OciManifest, JsonSerializer.SerializeToUtf8Bytes(new
            {
                schemaVersion = 2,
                mediaType = MediaType.OciManifest,
                config = new
                {
                    mediaType = "application/vnd.x.v1+json",
                    digest = $"{Digest.OfSha256(config)}",
                    size = config.Length,
                    data = Convert.ToBase64String(config),
                },
                layers = new[] { new { mediaType = "x/y", digest = layer.Digest, size = layer.Size } },
            })),
            Tag);
        await using TestRegistry registry = await source.StartAsync();

        await PullAsync(registry);

        await VerifyAndPushAsync();
    }

    private static bool Judged(int seed)
    {
        RepositoryContent repository = new ContentSet().Repository(Extra);
        new DrawnIndex(repository, seed).Put(Tag);
        Assert.True(repository.TryGetManifest(Tag, out StoredManifest? root));
        try
        {
            ManifestWalk walk = new(Read(root, ""));
            while (walk.Next() is { } child)
            {
                Assert.True(repository.TryGetManifest($"{child.Digest}", out StoredManifest? found));
                walk.Enter(Read(found, ""));
            }

            return walk.Manifests.SelectMany(manifest => manifest.Blobs).All(blob =>
                repository.TryGetBlob($"{blob.Digest}", out BlobContent? content) && content.Size == blob.Size);
        }
        catch (FormatException)
        {
            return false;
        }

        static Manifest Read(StoredManifest manifest, string type) =>
            ManifestReader.Read(manifest.Bytes, Digest.Parse(manifest.Digest), type);
    }

    private static SketchedSource Source()
    {
        SketchedSource source = new();
        source.Version("modules", "console", "v1.0.0", ("extra_images.json", $$"""{"scanner":"{{Tag}}"}"""));
        source.Channel("modules", "console", "stable", "v1.0.0");
        return source;
    }

    private Task<MirrorReport> PullAsync(TestRegistry registry)
    {
        EngineRun run = new(registry.Host, _folder.FullName);
        run.Settings = run.Settings with
        {
            Source = new RegistryEndpoint($"{registry.Host}/{SketchedSource.Edition}"),
            Components = MirrorComponents.Modules,
            IncludeModules = ["console"],
        };
        return run.PullAsync();
    }

    private async Task VerifyAndPushAsync()
    {
        await new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System).VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = _folder.FullName },
            null,
            TestContext.Current.CancellationToken);
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, _folder.FullName).PushAsync();
        Assert.Contains(Tag, target.Content.Repository("mirror/ee/modules/console/extra/scanner").Tags);
    }
}
