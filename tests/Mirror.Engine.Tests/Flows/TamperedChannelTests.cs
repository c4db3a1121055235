using System.Collections.Immutable;
using System.Text.Json;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Which installer a channel gets is read out of a layer that the target may have already, unsent.</summary>
public sealed class TamperedChannelTests
{
    private const string Platform = "platform.tar";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_layer_that_is_not_what_its_digest_says_moves_no_channel(bool isUnreadable)
    {
        using BundleCopy bundle = new("0.33", "platform");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, bundle.Folder).PushAsync();
        RepositoryContent install = target.Content.Repository("mirror/ee/install");
        string[] before = [.. install.Tags.Select(tag => $"{tag}={DigestOf(install, tag)}")];
        int asked = target.Requests.All.Count;
        string layer = "";
        ForgedArchive.Change(bundle.PathOf(Platform), archive => layer = Forge(archive, isUnreadable));

        ImmutableArray<Fault> faults = await new PushRun(target.Host, bundle.Folder).FailAsync();

        Fault fault = Assert.Single(faults);
        Assert.Equal(FaultCode.ContentDamaged, fault.Code);
        Assert.Contains(Platform, fault.Message, StringComparison.Ordinal);
        Assert.Contains(layer, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            target.Requests.All.Skip(asked), record => record.Request.Method is "POST" or "PUT" or "PATCH");
        Assert.Equal(before, install.Tags.Select(tag => $"{tag}={DigestOf(install, tag)}"));
    }

    /// <summary>Gives the layer of a channel a content of the same size that names another version.</summary>
    private static string Forge(ForgedArchive archive, bool isUnreadable)
    {
        using JsonDocument index = JsonDocument.Parse(archive["release-channel/index.json"].Content);
        string manifest = index.RootElement.GetProperty("manifests").EnumerateArray()
            .First(entry => entry.GetProperty("annotations").GetProperty(ForgedArchive.ShortTag).ValueEquals("stable"))
            .GetProperty("digest").GetString()!;
        using JsonDocument image = JsonDocument.Parse(archive[BlobOf(manifest)].Content);
        string name = BlobOf(
            image.RootElement.GetProperty("layers").EnumerateArray().Last().GetProperty("digest").GetString()!);
        byte[] forged = isUnreadable ? [] : Layer.Gzip(("version.json", """{"version":"v1.72.1"}"""));
        int size = archive[name].Content.Length;
        Assert.InRange(forged.Length, 0, size);

        // It lies in other layouts as well, and a push reads whichever comes first.
        string blob = name[name.LastIndexOf('/')..];
        foreach (ForgedEntry entry in archive.Entries.Where(
            entry => entry.Name.EndsWith(blob, StringComparison.Ordinal)).ToArray())
        {
            archive.Replace(entry.Name, [.. forged, .. new byte[size - forged.Length]]);
        }

        return blob;
    }

    private static string BlobOf(string digest) => $"release-channel/blobs/{digest.Replace(':', '/')}";

    private static string DigestOf(RepositoryContent repository, string tag)
    {
        Assert.True(repository.TryGetManifest(tag, out StoredManifest? manifest));
        return manifest.Digest;
    }
}
