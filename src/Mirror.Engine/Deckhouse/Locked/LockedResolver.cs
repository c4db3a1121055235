using System.Collections.Concurrent;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Locked;

/// <summary>
/// Finds exactly what a lock names, by digest: in the spool, in archives of the bundle's folder, then at the source. No
/// tag is asked for, and none is listed.
/// </summary>
internal sealed class LockedResolver(DeckhouseSource source, ReleaseManifests releases)
{
    private const string Reason = "in the lock";
    private const string Channels = "release-channel";

    /// <summary>Finds the images of archives of a lock.</summary>
    /// <exception cref="MirrorException">D8M4104: everything that is gone. D8M4107: a repository of others.</exception>
    public async Task<ResolvedParts> ResolveAsync(
        LockFile file, IEnumerable<LockedArchive> archives, CancellationToken cancellationToken)
    {
        LockedArchive[] wanted = [.. archives];
        RefuseOutside(wanted);
        ILookup<Digest, string> holders = file.Archives
            .SelectMany(archive => archive.Layouts)
            .SelectMany(layout => layout.Images, (layout, image) => (image.Digest, layout.Repository))
            .Distinct()
            .ToLookup(item => item.Digest, item => item.Repository);
        Wanted[] images =
        [
            .. from archive in wanted
               from layout in archive.Layouts
               from image in layout.Images
               select new Wanted(archive.Name, layout, image),
        ];
        ConcurrentBag<(int Index, string Image)> gone = [];
        ImmutableArray<ImageContent?> found = await ParallelLookup.SelectAsync(
            images.Index(),
            async (item, token) =>
            {
                ImageContent? image = await FindAsync(item.Item, holders, token).ConfigureAwait(false);
                if (image is null)
                {
                    gone.Add((item.Index, item.Item.Name(source)));
                }

                return image;
            },
            cancellationToken).ConfigureAwait(false);
        if (!gone.IsEmpty)
        {
            throw new MirrorException(LockFaults.Gone([.. gone.OrderBy(image => image.Index)
                .Select(image => image.Image)]));
        }

        ILookup<(string Archive, string Path), ImageContent> byLayout = images.Zip(found)
            .ToLookup(pair => (pair.First.Archive, pair.First.Layout.Path), pair => pair.Second!);
        ArchiveContent[] contents =
        [
            .. wanted.Select(archive => new ArchiveContent(
                archive.Name,
                [.. archive.Layouts.Select(layout => new LayoutContent(
                    layout.Path, [.. byLayout[(archive.Name, layout.Path)]]))])
            {
                IsKeptEmpty = true,
            }),
        ];
        (ImmutableArray<PlannedFile> files, ImmutableArray<Fault> notes) =
            await MakeFilesAsync(file, contents, cancellationToken).ConfigureAwait(false);
        return new ResolvedParts([.. contents], notes) { Files = files };
    }

    private void RefuseOutside(IEnumerable<LockedArchive> archives)
    {
        string root = source.Tree.Bare;
        Fault[] faults =
        [
            .. archives
                .SelectMany(
                    archive => archive.Layouts.Select(layout => layout.Repository).Distinct(StringComparer.Ordinal),
                    (archive, repository) => (archive.Name, Repository: repository))
                .Where(item => item.Repository.Length > 0 && root.Length > 0 && item.Repository != root
                    && !item.Repository.StartsWith(root + "/", StringComparison.Ordinal))
                .Select(item => LockFaults.OutsideSource(item.Name, item.Repository, root)),
        ];
        if (faults.Length > 0)
        {
            throw new MirrorException([.. faults]);
        }
    }

    /// <summary>In its repository, then in others that had it when it was locked.</summary>
    private async Task<ImageContent?> FindAsync(
        Wanted wanted, ILookup<Digest, string> holders, CancellationToken cancellationToken)
    {
        string own = wanted.Layout.Repository;
        foreach (string repository in holders[wanted.Image.Digest].Where(other => other != own).Prepend(own))
        {
            try
            {
                if (await source.FindAsync(repository, wanted.Image.Digest, Reason, cancellationToken)
                    .ConfigureAwait(false) is { } image)
                {
                    return image with { Repository = own, Tag = wanted.Image.Tag };
                }
            }
            catch (MirrorException failure)
                when (failure.Faults.All(fault => fault.Code == FaultCode.ComponentMissing))
            {
                // Without one of its children, an index is not there.
            }
        }

        return null;
    }

    private async Task<(ImmutableArray<PlannedFile> Files, ImmutableArray<Fault> Notes)> MakeFilesAsync(
        LockFile file, IEnumerable<ArchiveContent> archives, CancellationToken cancellationToken) =>
        file.Files.ContainsKey(PlannedFile.Releases)
            ? await releases.MakeAsync(
                archives.SelectMany(archive => archive.Layouts)
                    .Where(layout => layout.Path == Channels)
                    .SelectMany(layout => layout.Images)
                    .Where(image => !ReleaseChannel.IsChannel(image.ShortTag)),
                cancellationToken).ConfigureAwait(false)
            : ([], []);

    private sealed record Wanted(string Archive, LockedLayout Layout, LockedImage Image)
    {
        public string Name(DeckhouseSource source) => Image.Tag is null
            ? $"{source.Name(Layout.Repository)}@{Image.Digest}"
            : $"{source.Name(Layout.Repository)}:{Image.Tag} ({Image.Digest})";
    }
}
