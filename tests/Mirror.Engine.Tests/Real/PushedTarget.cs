using System.Collections.Immutable;
using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// What a target holds at a moment. Tags are told apart by what Deckhouse reads them for: names for listing, channels,
/// and images.
/// </summary>
internal sealed class PushedTarget
{
    private static readonly ImmutableArray<string> Channels =
        ["alpha", "beta", "early-access", "stable", "rock-solid", "lts"];

    private readonly ContentSet _content;

    public PushedTarget(TestRegistry registry)
    {
        // Tags first: while a request of a dead push ends, what they need can only have come before.
        _content = registry.Content;
        Tags = [.. registry.Dump().Where(image => image.Tag is not null)];
        Uploaded = [.. registry.UploadedBlobs.Select(blob => blob.Digest)];
        Blobs = [.. registry.Content.Repositories.SelectMany(
            repository => repository.Blobs, (repository, blob) => $"{repository.Name} {blob.Digest}")];
    }

    public ImmutableArray<SourceReference> Tags { get; }

    /// <summary>Digests that were sent, in that order.</summary>
    public ImmutableArray<string> Uploaded { get; }

    /// <summary>What each repository holds.</summary>
    public ImmutableArray<string> Blobs { get; }

    public PushPhase Phase =>
        Has(PushPhase.Names) ? PushPhase.Names
        : Has(PushPhase.Channels) ? PushPhase.Channels
        : Has(PushPhase.Images) ? PushPhase.Images
        : Blobs.Length > 0 ? PushPhase.Blobs
        : PushPhase.Looking;

    /// <summary>What a tag is for, as the phase in which it is written.</summary>
    public static PushPhase StageOf(string repository, string tag) => repository switch
    {
        "mirror/ee/modules" or "mirror/ee/packages" or "mirror/deckhouse-cli/plugins" => PushPhase.Names,
        "mirror/ee/release-channel" => PushPhase.Channels,
        _ => Channels.Contains(tag) ? PushPhase.Channels : PushPhase.Images,
    };

    /// <summary>Every tag is a whole image.</summary>
    public void DemandTagsWhole() => Assert.All(Tags, tag => DemandWhole(tag.Repository, tag.Digest));

    /// <summary>
    /// Nothing points to something incomplete: every tag is a whole image; with the first channel all images are there,
    /// and with the first name for listing all channels too.
    /// </summary>
    public void DemandWhole(PushedTarget expected)
    {
        Assert.Empty(Tags.Except(expected.Tags));
        DemandTagsWhole();
        foreach (PushPhase stage in new[] { PushPhase.Images, PushPhase.Channels }.Where(stage => stage < Phase))
        {
            Assert.Empty(expected.Tags.Where(tag => StageOf(tag.Repository, tag.Tag!) == stage).Except(Tags));
        }
    }

    private bool Has(PushPhase stage) => Tags.Any(tag => StageOf(tag.Repository, tag.Tag!) == stage);

    private void DemandWhole(string repository, string digest)
    {
        RepositoryContent content = _content.Repository(repository);
        Assert.True(content.TryGetManifest(digest, out StoredManifest? manifest), $"{repository} has no {digest}.");
        Assert.All(manifest.Links.Blobs, blob => Assert.True(
            content.TryGetBlob(blob, out _), $"{repository} has no {blob} of {digest}."));
        Assert.All(manifest.Links.Manifests, child => DemandWhole(repository, child));
    }
}
