using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Content;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Locked;

/// <summary>What a source has lost of a lock, and where else it may be.</summary>
public sealed class LostContentTests
{
    private const string Installers = "deckhouse/installer";

    [Fact]
    public async Task What_one_repository_lost_is_taken_from_another_that_had_it_when_it_was_locked()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        RepositoryContent installers = source.Content.Repository(Installers);
        Assert.True(installers.TryGetManifest("latest", out StoredManifest? installer));
        RepositoryContent other = source.Repository("install-standalone");
        foreach (BlobContent blob in installers.Blobs)
        {
            other.AddBlob(blob);
        }

        other.AddManifest(installer, "v1.69.4");
        await source.LockAsync();
        await source.Run("before").PullAsync();
        Assert.True(installers.RemoveManifest(installer.Digest));
        foreach (BlobContent blob in installers.Blobs)
        {
            installers.RemoveBlob(blob.Digest);
        }

        await source.Run("after").PullAsync();

        Assert.Equal(LockedSource.Files(source.Bundle("before")), LockedSource.Files(source.Bundle("after")));
    }

    [Fact]
    public async Task An_index_without_one_of_its_images_is_lost()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        RepositoryContent installers = source.Content.Repository(Installers);
        SketchedSource sketch = new(source.Content, LockedSource.Edition);
        string child = sketch.Image(Installers, [], ("installer", "for amd64"));
        string index = sketch.Index(Installers, "latest", ("amd64", child));
        await source.LockAsync();
        await source.Run("whole").PullAsync();
        Assert.True(installers.RemoveManifest(child));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => source.Run("new").PullAsync());

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.LockedContentGone, fault.Code);
        Assert.Contains($"{Installers}:latest ({index})", fault.Message, StringComparison.Ordinal);
        await source.Run("whole").PullAsync();
    }

    [Fact]
    public async Task A_repository_outside_the_source_is_refused_before_a_request()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await source.LockAsync();
        string text = await File.ReadAllTextAsync(source.LockPath, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            source.LockPath,
            text.Replace("\"deckhouse/ee/install\"", "\"others/install\"", StringComparison.Ordinal)
                .Replace("\"deckhouse/installer\"", "\"deckhouse-ee/installer\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        source.Registry.Requests.Clear();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => source.Run().PullAsync());

        Assert.Equal(2, failure.Faults.Length);
        Assert.All(failure.Faults, fault => Assert.Equal(FaultCode.LockOutsideSource, fault.Code));
        Assert.Empty(source.Registry.Requests.All);
        Assert.Empty(LockedSource.Files(source.Bundle("bundle")));
    }
}
