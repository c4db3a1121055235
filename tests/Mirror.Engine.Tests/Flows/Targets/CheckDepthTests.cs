using System.Security.Cryptography;
using System.Text;
using Mirror.Engine.Plan.Have;
using Mirror.Engine.Tests.Flows.Delta;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Targets;

/// <summary>What a target says of content that is there, and is not what it should be.</summary>
public sealed class CheckDepthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_manifest_with_other_bytes_is_found_by_manifests_and_the_run_goes_on()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        string[] checkedPaths = [.. (await run.CheckAsync()).Targets[0].Repositories.Select(one => one.Repository)];
        int found = 0;
        foreach (RepositoryContent repository in run.Filled.Where(one => checkedPaths.Contains(one.Name)))
        {
            foreach (StoredManifest manifest in Needed(repository))
            {
                FaultRule rule = run.Target.Faults.Add(
                    request => request.Path.EndsWith(
                        $"{repository.Name}/manifests/{manifest.Digest}", StringComparison.Ordinal),
                    new RegistryFault { CorruptByteAt = 20 });

                Fault fault = Assert.Single(await run.FailAsync(
                    settings => settings with { CheckDepth = CheckDepth.Manifests }));

                Assert.Equal(FaultCode.TargetImageDamaged, fault.Code);
                Assert.Contains(
                    Assert.Single(run.Checked).Findings.SelectMany(finding => finding.Content),
                    content => content == $"manifest {manifest.Digest} is damaged");
                run.Target.Faults.Remove(rule);
                found++;
            }
        }

        Assert.True(found >= 8, $"{found}");
        Assert.Empty(DeltaRun.Writes(run.Target));
    }

    [Fact]
    public async Task A_blob_of_another_size_is_found_by_manifests()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        RepositoryContent repository = run.Target.Content.Repository("mirror/ee/install");
        BlobContent blob = repository.Blobs[0];
        repository.RemoveBlob(blob.Digest);
        repository.AddBlob(new LongerBlob(blob));

        Fault fault = Assert.Single(await run.FailAsync(
            settings => settings with { CheckDepth = CheckDepth.Manifests }));

        Assert.Equal(FaultCode.TargetImageDamaged, fault.Code);
        Assert.Contains(blob.Digest, fault.Message, StringComparison.Ordinal);
        Assert.Contains("is of another size", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CheckDepth.Manifests)]
    [InlineData(CheckDepth.Blobs)]
    public async Task What_the_target_refuses_to_show_is_a_fault_and_no_damage(CheckDepth depth)
    {
        await using CheckRun run = await CheckRun.StartAsync();
        run.Target.Faults.Add(
            request => request.Path.Contains("/blobs/", StringComparison.Ordinal), new RegistryFault { Status = 403 });

        Fault[] faults = await run.FailAsync(settings => settings with { CheckDepth = depth });

        Assert.All(faults, fault => Assert.StartsWith("D8M2", fault.Code, StringComparison.Ordinal));
        CheckedTarget target = Assert.Single(run.Checked);
        Assert.Empty(target.Findings);
        Assert.NotEmpty(target.Faults);
    }

    [Fact]
    public async Task A_registry_that_answers_no_HEAD_is_asked_by_GET()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        run.Target.Faults.Add(request => request.Method == "HEAD", new RegistryFault { Status = 405 });
        foreach (CheckDepth depth in Enum.GetValues<CheckDepth>())
        {
            MirrorCheckResult result = await run.CheckAsync(settings => settings with { CheckDepth = depth });

            Assert.True(result.Targets[0].IsWhole);
        }
    }

    [Fact]
    public async Task Each_manifest_and_each_blob_of_a_repository_is_asked_for_once()
    {
        await using CheckRun run = await CheckRun.StartAsync();

        await run.CheckAsync(settings => settings with { CheckDepth = CheckDepth.Blobs });

        AssertOnce(run);
        Assert.DoesNotContain(run.Target.Requests.Blobs(), record => record.Method == "HEAD");
        run.Target.Requests.Clear();
        await run.CheckAsync(settings => settings with { CheckDepth = CheckDepth.Manifests });
        AssertOnce(run);
        Assert.All(run.Target.Requests.Blobs(), record => Assert.Equal("HEAD", record.Method));
    }

    [Fact]
    public async Task An_image_that_is_named_by_another_algorithm_is_the_same_image()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        RepositoryContent install = run.Target.Content.Repository("mirror/ee/install");
        Assert.True(install.TryGetManifest("v1.70.4", out StoredManifest? manifest));
        Digest other = Digest.Parse($"sha512:{Convert.ToHexStringLower(SHA512.HashData(manifest.Bytes.Span))}");
        HaveFile have = HaveReader.Read(await File.ReadAllBytesAsync(run.Path("receipt.json"), Cancellation));
        HaveFile named = have with
        {
            Repositories = have.Repositories.SetItem("install", have.Repositories["install"] with
            {
                Tags = have.Repositories["install"].Tags.SetItem("v1.70.4", other),
            }),
        };
        await File.WriteAllBytesAsync(run.Path("named.json"), HaveWriter.Write(named), Cancellation);
        foreach (CheckDepth depth in Enum.GetValues<CheckDepth>())
        {
            MirrorCheckResult result = await run.CheckAsync(settings => settings with
            {
                BundleDirectory = "",
                InventoryFile = run.Path("named.json"),
                CheckDepth = depth,
            });

            Assert.True(result.Targets[0].IsWhole);
            Assert.Equal(named.StateId, result.StateId);
        }
    }

    private static void AssertOnce(CheckRun run) => Assert.DoesNotContain(
        run.Target.Requests.All.CountBy(record => (record.Method, record.Path)), one => one.Value > 1);

    private static IEnumerable<StoredManifest> Needed(RepositoryContent repository)
    {
        string[] named =
        [
            .. repository.Tags.Where(tag => repository.Name != "mirror/ee/install" || tag[0] == 'v')
                .Select(tag => repository.TryGetManifest(tag, out StoredManifest? manifest) ? manifest.Digest : ""),
        ];
        string indexes = string.Concat(repository.Manifests
            .Where(manifest => manifest.MediaType == MediaTypes.OciIndex)
            .Select(manifest => Encoding.UTF8.GetString(manifest.Bytes.Span)));
        return repository.Manifests.Where(manifest => named.Contains(manifest.Digest)
            || indexes.Contains(manifest.Digest, StringComparison.Ordinal));
    }

    /// <summary>A blob of the same name with a byte more.</summary>
    private sealed class LongerBlob(BlobContent blob) : BlobContent
    {
        public override string Digest => blob.Digest;

        public override long Size => blob.Size + 1;

        public override Stream OpenRead(long offset)
        {
            byte[] bytes = new byte[Size];
            return new MemoryStream(bytes, (int)offset, bytes.Length - (int)offset, writable: false);
        }
    }
}
