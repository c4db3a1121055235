using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Flows.Locked;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Real;

public sealed class DockerRegistryLockTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_locked_pull_from_a_real_registry_gives_the_same_bundle_after_every_tag_moved()
    {
        string program = RealPart.OrSkip("docker-registry");
        await using DockerRegistry registry = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation);
        using RegistryFiller filler = new(registry.Host);
        ContentSet content = DeckhouseMini.Load();
        await filler.FillAsync(content, Cancellation);
        using TemporaryFolder folder = new();
        await new MirrorEngine().LockAsync(Run("none").Settings, cancellationToken: Cancellation);
        await Run("before").PullAsync();

        await filler.FillAsync(Moved(content), Cancellation);
        await Run("after").PullAsync();

        Assert.Equal(LockedSource.Files(folder.Combine("before")), LockedSource.Files(folder.Combine("after")));

        // The tags did move: without the lock, channels now lead to images that are not releases.
        await Assert.ThrowsAsync<MirrorException>(() => Run("open", isLocked: false).PlanAsync());

        EngineRun Run(string bundle, bool isLocked = true)
        {
            EngineRun run = new(registry.Host, folder.Combine(bundle));
            run.Settings = run.Settings with
            {
                LockFile = isLocked ? folder.Combine("mirror.lock.json") : null,
                LockDatabases = true,
            };
            return run;
        }
    }

    /// <summary>Every tag of a repository stands for the image of the next one.</summary>
    private static ContentSet Moved(ContentSet content)
    {
        ContentSet moved = new();
        foreach (RepositoryContent repository in content.Repositories)
        {
            RepositoryContent changed = moved.Repository(repository.Name);
            foreach (BlobContent blob in repository.Blobs)
            {
                changed.AddBlob(blob);
            }

            foreach (StoredManifest manifest in repository.Manifests)
            {
                changed.AddManifest(manifest);
            }

            IReadOnlyList<string> tags = repository.Tags;
            foreach ((int index, string tag) in tags.Index())
            {
                Assert.True(repository.TryGetManifest(tags[(index + 1) % tags.Count], out StoredManifest? next));
                changed.AddManifest(next, tag);
            }
        }

        return moved;
    }
}
