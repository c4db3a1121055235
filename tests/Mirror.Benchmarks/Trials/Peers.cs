using Mirror.TestKit.Processes;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks.Trials;

/// <summary>
/// The tools that are compared where they are installed, each in the form that suits it best: one process for all
/// images where it takes several, blobs shared where it can share them.
/// </summary>
internal static class Peers
{
    private const string Skopeo = "skopeo --insecure-policy copy --quiet --all --preserve-digests";
    private const string InLayout = "layout/blobs/sha256";

    private static readonly Peer[] All =
    [
        new("d8")
        {
            Pull = work =>
                [$"d8 mirror pull --insecure --tmp-dir {work.Folder}/tmp --source {work.Source}/{SeededSource.Root} "
                    + $"{work.Folder}/bundle"],
            Push = work =>
                [$"d8 mirror push --insecure --tmp-dir {work.Folder}/tmp {work.Folder}/bundle "
                    + $"{work.Target}/{SeededSource.Root}"],
        },
        new("skopeo")
        {
            Pull = work => work.Each((source, _, at) =>
                $"{Skopeo} --src-tls-verify=false --dest-shared-blob-dir {work.Folder}/blobs "
                    + $"docker://{source} oci:{work.Folder}/{at}"),
            Push = work => work.Each((_, target, at) =>
                $"{Skopeo} --dest-tls-verify=false --src-shared-blob-dir {work.Folder}/blobs "
                    + $"oci:{work.Folder}/{at} docker://{target}"),
            Sync = work => work.Each((source, target, _) =>
                $"{Skopeo} --src-tls-verify=false --dest-tls-verify=false docker://{source} docker://{target}"),
            BlobFile = blob => $"blobs/sha256/{blob.Hex}",
        },
        new("crane")
        {
            Pull = work =>
                [$"crane pull --insecure --format=oci {string.Join(' ', work.Each((source, _, _) => source))} "
                    + $"{work.Folder}/layout"],
            Sync = work => work.Each((source, target, _) => $"crane copy --insecure {source} {target}"),
            BlobFile = blob => $"{InLayout}/{blob.Hex}",
        },
        new("regctl")
        {
            Pull = work => [.. RegctlHosts(work), .. work.Each((source, _, at) =>
                $"regctl image copy {source} ocidir://{work.Folder}/layout:image-{at}")],
            Push = work => [.. RegctlHosts(work), .. work.Each((_, target, at) =>
                $"regctl image copy ocidir://{work.Folder}/layout:image-{at} {target}")],
            Sync = work => [.. RegctlHosts(work), .. work.Each((source, target, _) =>
                $"regctl image copy {source} {target}")],
            BlobFile = blob => $"{InLayout}/{blob.Hex}",
        },
        new("oras")
        {
            Pull = work => work.Each((source, _, at) =>
                $"oras cp --from-plain-http --to-oci-layout {source} {work.Folder}/layout:image-{at}"),
            Push = work => work.Each((_, target, at) =>
                $"oras cp --from-oci-layout --to-plain-http {work.Folder}/layout:image-{at} {target}"),
            Sync = work => work.Each((source, target, _) =>
                $"oras cp --from-plain-http --to-plain-http {source} {target}"),
            BlobFile = blob => $"{InLayout}/{blob.Hex}",
        },
    ];

    /// <summary>Those that are installed.</summary>
    public static IReadOnlyList<Peer> Installed { get; } =
        [.. All.Where(peer => RealParts.Find(peer.Program) is not null)];

    /// <summary>The names of the others.</summary>
    public static IReadOnlyList<string> Absent { get; } =
        [.. All.Select(peer => peer.Program).Except(Installed.Select(peer => peer.Program), StringComparer.Ordinal)];

    // Its configuration is the user's unless it is told another file.
    private static IEnumerable<string> RegctlHosts(PeerWork work) =>
    [
        $"export REGCTL_CONFIG={work.Folder}/regctl.json",
        .. new[] { work.Source, work.Target }.Where(host => host.Length > 0)
            .Select(host => $"regctl registry set --tls disabled {host}"),
    ];
}
