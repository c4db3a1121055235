using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Target;

/// <summary>
/// Adds <c>install:CHANNEL</c> at the target for each release channel whose version has an installer: clusters are set
/// up from it, and no form of bundle but that of 0.25.2 carries it.
/// </summary>
internal sealed class InstallerChannels(LayerFile layers)
{
    private const string Install = "install";
    private const string Channels = "release-channel";

    /// <summary>Adds them; a channel whose version cannot be read is told, and not added.</summary>
    public async Task<(ImmutableArray<ArchiveContent> Archives, ImmutableArray<Fault> Notes)> AddAsync(
        ImmutableArray<ArchiveContent> archives, CancellationToken cancellationToken)
    {
        ImmutableArray<LayoutContent> layouts = [.. archives.SelectMany(archive => archive.Layouts)];
        ImmutableArray<ImageContent> installers =
            [.. layouts.Where(layout => layout.Path == Install).SelectMany(layout => layout.Images)];
        List<Fault> notes = [];
        List<ImageContent> added = [];
        foreach (ImageContent channel in layouts
            .Where(layout => layout.Path == Channels)
            .SelectMany(layout => layout.Images)
            .Where(image => ReleaseChannel.IsChannel(image.ShortTag)
                && !installers.Any(installer => installer.ShortTag == image.ShortTag))
            .DistinctBy(image => image.ShortTag, StringComparer.Ordinal))
        {
            if (await VersionOfAsync(channel, notes, cancellationToken).ConfigureAwait(false) is { } version
                && installers.FirstOrDefault(image => IsOf(image, version)) is { } installer)
            {
                added.Add(installer with
                {
                    Tag = channel.ShortTag,
                    Reason = $"installer of channel {channel.ShortTag}",
                    IsAdded = true,
                });
            }
        }

        return ([.. archives.Select(archive => WithInstallers(archive, added))], [.. notes]);
    }

    private async Task<SemanticVersion?> VersionOfAsync(
        ImageContent channel, List<Fault> notes, CancellationToken cancellationToken)
    {
        string reference = $"{channel.Repository}:{channel.ShortTag}";
        try
        {
            return ReleaseMetadata.Read(
                await layers.ReadAsync(channel, reference, [ReleaseMetadata.FileName], cancellationToken)
                    .ConfigureAwait(false),
                reference).Version;
        }
        catch (MirrorException failure) when (DeckhouseFaults.AreOfContent(failure))
        {
            notes.AddRange(failure.Faults);
            return null;
        }
    }

    private static bool IsOf(ImageContent installer, SemanticVersion version) =>
        SemanticVersion.TryParse(installer.ShortTag, out SemanticVersion? own) && own.Equals(version);

    private static ArchiveContent WithInstallers(ArchiveContent archive, List<ImageContent> added) => archive with
    {
        Layouts = [.. archive.Layouts.Select(layout => layout.Path != Install ? layout : layout with
        {
            Images = [.. layout.Images, .. added.Where(image => layout.Images.Any(
                own => own.Digest == image.Digest))],
        })],
    };
}
