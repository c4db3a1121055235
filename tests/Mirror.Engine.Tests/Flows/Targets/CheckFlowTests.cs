using System.Text;
using Mirror.Engine.Tests.Flows.Delta;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Targets;

/// <summary>
/// Whatever a target lacks is found at the depth that promises it, and named; nothing is ever written.
/// </summary>
public sealed class CheckFlowTests
{
    [Theory]
    [InlineData(CheckDepth.Tags)]
    [InlineData(CheckDepth.Manifests)]
    [InlineData(CheckDepth.Blobs)]
    public async Task A_target_that_was_pushed_is_whole_and_says_its_state(CheckDepth depth)
    {
        await using CheckRun run = await CheckRun.StartAsync();

        MirrorCheckResult result = await run.CheckAsync(settings => settings with { CheckDepth = depth });

        CheckedTarget target = Assert.Single(result.Targets);
        Assert.True(target.IsWhole);
        Assert.Equal(result.Images, target.Repositories.Sum(repository => repository.There));
        Assert.All(target.Repositories, repository => Assert.Equal(0, repository.Extra));
        Assert.Contains(run.Messages, message =>
            message.Contains(result.StateId, StringComparison.Ordinal)
            && message.Contains($"state {result.StateId[..12]} ", StringComparison.Ordinal));
        Assert.Empty(DeltaRun.Writes(run.Target));
        Assert.DoesNotContain(result.Warnings, warning => warning.Code == FaultCode.TargetHasMore);
    }

    [Fact]
    public async Task Tags_cost_one_question_each_and_one_list_for_each_repository_and_a_second_check_as_many()
    {
        await using CheckRun run = await CheckRun.StartAsync();

        MirrorCheckResult first = await run.CheckAsync();
        int heads = run.Target.Requests.All.Count(record => record.Request.Method == "HEAD");
        MirrorCheckResult second = await run.CheckAsync();

        Assert.Equal(first.Images, heads);
        Assert.Equal(
            first.Targets[0].Repositories.DistinctBy(repository => repository.Repository).Count(),
            run.Target.Requests.TagLists().Count / 2);
        Assert.Equal(first.Targets[0].Requests, second.Targets[0].Requests);
        Assert.Equal(2 * first.Targets[0].Requests, run.Target.Requests.All.Count);
    }

    [Fact]
    public async Task Each_tag_that_is_missing_is_found_by_tags_alone()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        foreach (CheckFinding expected in await ExpectedAsync(run))
        {
            RepositoryContent repository = RepositoryOf(run, expected);
            Assert.True(repository.TryGetManifest(expected.Tag, out StoredManifest? manifest));
            Assert.True(repository.RemoveTag(expected.Tag));

            Fault fault = Assert.Single(await run.FailAsync());

            Assert.Equal(FaultCode.TargetImageMissing, fault.Code);
            Assert.Contains(expected.Reference, fault.Message, StringComparison.Ordinal);
            CheckFinding finding = Assert.Single(Assert.Single(run.Checked).Findings);
            Assert.Equal((CheckFindingKind.Missing, expected.Reference), (finding.Kind, finding.Reference));
            repository.AddManifest(manifest, expected.Tag);
        }

        Assert.Empty(DeltaRun.Writes(run.Target));
    }

    [Fact]
    public async Task Each_tag_that_stands_for_another_image_is_found_by_tags_alone()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        StoredManifest other = new(
            MediaTypes.OciManifest, Encoding.UTF8.GetBytes("""{"schemaVersion":2,"layers":[]}"""));
        foreach (CheckFinding expected in await ExpectedAsync(run))
        {
            RepositoryContent repository = RepositoryOf(run, expected);
            Assert.True(repository.TryGetManifest(expected.Tag, out StoredManifest? manifest));
            repository.AddManifest(other, expected.Tag);

            Fault fault = Assert.Single(await run.FailAsync());

            Assert.Equal(FaultCode.TargetImageDiffers, fault.Code);
            CheckFinding finding = Assert.Single(Assert.Single(run.Checked).Findings);
            Assert.Equal(other.Digest, $"{finding.Found}");
            Assert.Equal($"{expected.Digest}", $"{finding.Digest}");
            repository.AddManifest(manifest, expected.Tag);
        }
    }

    [Fact]
    public async Task Each_blob_that_is_missing_is_found_by_manifests_and_not_by_tags()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        foreach (RepositoryContent repository in run.Filled)
        {
            foreach (BlobContent blob in repository.Blobs)
            {
                if (!IsNeeded(repository, blob.Digest))
                {
                    continue;
                }

                Assert.True(repository.RemoveBlob(blob.Digest));
                await run.CheckAsync();

                Fault fault = Assert.Single(await run.FailAsync(
                    settings => settings with { CheckDepth = CheckDepth.Manifests }));

                Assert.Equal(FaultCode.TargetImageDamaged, fault.Code);
                Assert.Contains(
                    Assert.Single(run.Checked).Findings.SelectMany(finding => finding.Content),
                    content => content.Contains(blob.Digest, StringComparison.Ordinal)
                        && content.EndsWith("is missing", StringComparison.Ordinal));
                repository.AddBlob(blob);
            }
        }

        Assert.Empty(DeltaRun.Writes(run.Target));
    }

    [Fact]
    public async Task A_child_of_an_index_that_is_missing_is_found_by_manifests()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        RepositoryContent repository = run.Target.Content.Repository("mirror/ee/install-standalone");
        StoredManifest[] children =
            [.. repository.Manifests.Where(manifest => manifest.MediaType == MediaTypes.OciManifest)];
        Assert.Equal(2, children.Length);
        foreach (StoredManifest child in children)
        {
            repository.RemoveManifest(child.Digest);
            await run.CheckAsync();

            Fault fault = Assert.Single(await run.FailAsync(
                settings => settings with { CheckDepth = CheckDepth.Manifests }));

            Assert.Equal(FaultCode.TargetImageDamaged, fault.Code);
            Assert.Contains($"manifest {child.Digest} is missing", fault.Message, StringComparison.Ordinal);
            repository.AddManifest(child);
        }
    }

    [Fact]
    public async Task Content_that_was_replaced_is_found_by_blobs_and_not_by_manifests()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        RepositoryContent repository = run.Target.Content.Repository("mirror/ee/install");
        int found = 0;
        foreach (BlobContent blob in repository.Blobs)
        {
            repository.RemoveBlob(blob.Digest);
            repository.AddBlob(new DamagedBlob(blob));
            await run.CheckAsync(settings => settings with { CheckDepth = CheckDepth.Manifests });

            Fault fault = Assert.Single(await run.FailAsync(
                settings => settings with { CheckDepth = CheckDepth.Blobs }));

            Assert.Equal(FaultCode.TargetImageDamaged, fault.Code);
            Assert.Contains(blob.Digest, fault.Message, StringComparison.Ordinal);
            Assert.Contains("is damaged", fault.Message, StringComparison.Ordinal);
            repository.RemoveBlob(blob.Digest);
            repository.AddBlob(blob);
            found++;
        }

        Assert.True(found >= 2);
    }

    [Fact]
    public async Task A_registry_that_lists_no_tags_is_checked_without_counting_others()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        run.Target.Faults.Add(
            request => request.Path.EndsWith("/tags/list", StringComparison.Ordinal),
            new RegistryFault { Status = 403 });

        MirrorCheckResult result = await run.CheckAsync();

        Assert.All(result.Targets[0].Repositories, repository => Assert.Null(repository.Extra));
    }

    [Theory]
    [InlineData(CheckDepth.Tags, false)]
    [InlineData(CheckDepth.Manifests, true)]
    public async Task A_check_of_content_says_how_far_it_is(CheckDepth depth, bool isTold)
    {
        await using CheckRun run = await CheckRun.StartAsync();

        await run.CheckAsync(settings => settings with { CheckDepth = depth });

        Assert.Equal(
            isTold, run.Messages.Any(message => message.StartsWith("Looked at ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Auto", true)]
    [InlineData("Target", false)]
    public async Task A_bare_root_says_where_the_installer_is_looked_for(string root, bool isWhole)
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, PushRun.Recorded("0.33")).PushAsync();
        MirrorEngine engine = new(new Dictionary<string, string>(), TimeProvider.System);
        BareRoot bareRoot = root == "Target" ? BareRoot.Target : BareRoot.Auto;
        MirrorCheckSettings settings = new()
        {
            Target = new RegistryEndpoint($"{target.Host}/mirror/ee"),
            Insecure = true,
            BundleDirectory = PushRun.Recorded("0.33"),
            BareRoot = bareRoot,
        };

        Task<MirrorCheckResult> checking = engine.CheckAsync(settings, null, TestContext.Current.CancellationToken);

        if (isWhole)
        {
            Assert.True((await checking).Targets[0].IsWhole);
        }
        else
        {
            Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(() => checking)).Faults);
            Assert.Contains("mirror/ee/installer", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Tags_that_nothing_names_are_counted_and_warned_of()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        RepositoryContent channels = run.Target.Content.Repository("mirror/ee/release-channel");
        Assert.True(channels.TryGetManifest("stable", out StoredManifest? manifest));
        channels.AddManifest(manifest, "v1.60.0");
        channels.AddManifest(manifest, "v1.60.1");

        MirrorCheckResult result = await run.CheckAsync();

        Fault warning = Assert.Single(result.Warnings, one => one.Code == FaultCode.TargetHasMore);
        Assert.Contains("2 tags", warning.Message, StringComparison.Ordinal);
        Assert.Equal(
            2, result.Targets[0].Repositories.Single(one => one.Path == "release-channel").Extra);
    }

    private static async Task<CheckFinding[]> ExpectedAsync(CheckRun run)
    {
        await using TestRegistry empty = await PushRun.StartTargetAsync();
        await run.FailAsync(settings => settings with { Target = new RegistryEndpoint($"{empty.Host}/mirror/ee") });
        CheckFinding[] all = [.. run.Checked.Single().Findings];
        return [.. all.Select(finding => finding with
        {
            Reference = finding.Reference.Replace(empty.Host, run.Target.Host, StringComparison.Ordinal),
        })];
    }

    private static RepositoryContent RepositoryOf(CheckRun run, CheckFinding finding) =>
        run.Target.Content.Repository(
            finding.Reference[(run.Target.Host.Length + 1)..finding.Reference.LastIndexOf(':')]);

    /// <summary>Content of the names for listing belongs to no image.</summary>
    private static bool IsNeeded(RepositoryContent repository, string digest) =>
        repository.Name != "mirror/ee/modules"
        && repository.Manifests.Any(manifest => Encoding.UTF8.GetString(manifest.Bytes.Span)
            .Contains(digest, StringComparison.Ordinal));

    /// <summary>A blob of the same size and name with other bytes.</summary>
    private sealed class DamagedBlob(BlobContent blob) : BlobContent
    {
        public override string Digest => blob.Digest;

        public override long Size => blob.Size;

        public override Stream OpenRead(long offset)
        {
            byte[] bytes = new byte[blob.Size];
            return new MemoryStream(bytes, (int)offset, bytes.Length - (int)offset, writable: false);
        }
    }
}
