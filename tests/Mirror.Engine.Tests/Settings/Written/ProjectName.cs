using System.Collections.Immutable;

namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>A property or item of the MSBuild package that is no setting.</summary>
/// <param name="Name">What projects call it.</param>
/// <param name="Description">What it is for; of a result, with the verbs that give it.</param>
/// <param name="Metadata">The metadata of such items.</param>
internal sealed record ProjectName(string Name, string Description, params ImmutableArray<string> Metadata)
{
    /// <summary>What decides which build of the tasks runs, for tests of the package: no project needs it.</summary>
    public const string TaskAssembly = "D8MirrorTaskAssembly";

    private const string ByPushOrSync = "Given by a push or sync: ";
    private const string ByImages = "Given by a plan, lock, pull, merge, verification, push or sync: ";
    private const string ByAll = "Given by every verb but VerifyGostDigest: ";

    public static ImmutableArray<ProjectName> Properties { get; } =
    [
        new("D8MirrorAlreadyThereCount", $"{ByPushOrSync}the number of tags that were there as planned before."),
        new("D8MirrorBundleBytes", "Given by a plan, lock, pull or merge: the size of all archives in bytes."),
        new("D8MirrorChanged",
            "Given by a lock, its check, a diff, pull, merge, push or sync: true if the lock, bundle or target is, or would "
                + "be, another than before, else false."),
        new("D8MirrorCheckDependsOn", "Targets to run before D8MirrorCheck."),
        new("D8MirrorDiffDependsOn", "Targets to run before D8MirrorDiff."),
        new("D8MirrorDiffId", "Given by a diff: its id, which D8MirrorReviewed takes."),
        new("D8MirrorFullBytes",
            "Given by a plan, lock or pull: the size of the bundle without D8MirrorDeltaBase, in bytes."),
        new("D8MirrorImageCount",
            "Given by a plan, lock, pull, merge or sync: the number of images over all archives."),
        new("D8MirrorInventoryDependsOn", "Targets to run before D8MirrorInventory."),
        new("D8MirrorLockCheckDependsOn", "Targets to run before D8MirrorLockCheck."),
        new("D8MirrorLockDependsOn", "Targets to run before D8MirrorLock."),
        new("D8MirrorMergeDependsOn", "Targets to run before D8MirrorMerge."),
        new("D8MirrorNewBytes",
            "Given by a plan, pull or first lock: bytes to download; by a push or sync: bytes that were sent; by a "
                + "lock or diff: bytes of what is new."),
        new("D8MirrorOmittedBytes",
            "Given by a plan, lock or pull: bytes of layers that are left out because the target has them."),
        new("D8MirrorOnPublish", "Targets that a publish runs first, separated by semicolons; true: D8MirrorPull."),
        new("D8MirrorPlanDependsOn", "Targets to run before D8MirrorPlan."),
        new("D8MirrorPullDependsOn", "Targets to run before D8MirrorPull."),
        new("D8MirrorPushDependsOn", "Targets to run before D8MirrorPush."),
        new("D8MirrorPushedCount", $"{ByPushOrSync}the number of tags that were written."),
        new("D8MirrorSentBytes", $"{ByPushOrSync}bytes that were sent as blobs."),
        new("D8MirrorStateId",
            $"{ByAll}the id of the images, of a diff that of the state after, of a check only if it succeeds; equal "
                + "content has one id."),
        new("D8MirrorSyncDependsOn", "Targets to run before D8MirrorSync."),
        new("D8MirrorTransferBytes",
            "Given by a plan, lock, pull or sync: bytes to download, each piece of content once."),
        new("D8MirrorVerifyDependsOn", "Targets to run before D8MirrorVerify."),
        new("VerifyGostDigestDependsOn", "Targets to run before VerifyGostDigest."),
    ];

    public static ImmutableArray<ProjectName> Items { get; } =
    [
        new("D8MirrorArchive", "Given by a pull, merge or verification: the files of the bundle.",
            "Size", "Images", "GostDigest"),
        new("D8MirrorBundleFile",
            "Given by a pull, merge or verification: every file that must travel, archives, checksums and records."),
        new("D8MirrorChange", "Given by a diff: the tags that are new, moved or gone, by path and tag.",
            "Kind", "Archive", "Path", "Tag", "Was", "Digest"),
        new("D8MirrorImage", $"{ByImages}the images, by their references.",
            "Repository", "Tag", "Digest", "MediaType", "Size", "Archive", "Reason"),
        new("D8MirrorMissing",
            "Given by a check, also one that fails: the tags that are not as they should be, by the image at the "
                + "target.",
            "Kind", "Archive", "Path", "Tag", "Digest", "Found", "Content", "Registry"),
        new("D8MirrorRepository", $"{ByPushOrSync}the repositories of the target.", "Pushed", "AlreadyThere"),
    ];

    /// <summary>Whether targets give it.</summary>
    public bool IsResult => Description.StartsWith("Given by", StringComparison.Ordinal);
}
