namespace Mirror.Engine;

/// <content>Codes of the plan, the transfer, the bundle, verification, the host, and our own defects.</content>
public static partial class FaultCode
{
    /// <summary>One digest has two sizes.</summary>
    public const string BlobSizesDiffer = "D8M4001";
    /// <summary>One tag stands for two images.</summary>
    public const string TagHasTwoDigests = "D8M4002";
    /// <summary>Two paths of a bundle map to one repository.</summary>
    public const string RepositoriesCollide = "D8M4003";
    /// <summary>An archive has no place at the target.</summary>
    public const string ArchiveHasNoPlace = "D8M4004";
    /// <summary>An archive has an unknown path; its images are pushed to it (Warning).</summary>
    public const string PathUnknown = "D8M4020";
    /// <summary>There is no lock.</summary>
    public const string LockMissing = "D8M4101";
    /// <summary>A lock cannot be read.</summary>
    public const string LockUnreadable = "D8M4102";
    /// <summary>The settings and the lock select differently.</summary>
    public const string LockSelectsDifferently = "D8M4103";
    /// <summary>Locked content is gone.</summary>
    public const string LockedContentGone = "D8M4104";
    /// <summary>The locked images give other bytes.</summary>
    public const string LockedBytesDiffer = "D8M4105";
    /// <summary>An update of the lock names an unknown part.</summary>
    public const string LockPartUnknown = "D8M4106";
    /// <summary>A lock names a repository outside the source.</summary>
    public const string LockOutsideSource = "D8M4107";
    /// <summary>The source has moved on since the lock was written (Warning).</summary>
    public const string LockOutdated = "D8M4150";
    /// <summary>Archives that are not locked were resolved now (Warning).</summary>
    public const string LockFloats = "D8M4151";
    /// <summary>Two states cannot be compared.</summary>
    public const string SidesNotComparable = "D8M4201";
    /// <summary>The target changed since the review.</summary>
    public const string TargetChanged = "D8M4202";
    /// <summary>What is to be pulled or pushed is not what was locked or reviewed.</summary>
    public const string NotAsReviewed = "D8M4203";
    /// <summary>The base of a delta, or an inventory, cannot be read.</summary>
    public const string BaseUnreadable = "D8M4401";
    /// <summary>The base of a delta is of another source or edition.</summary>
    public const string BaseOfOtherSource = "D8M4402";
    /// <summary>The base of a delta saves little (Warning).</summary>
    public const string BaseSavesLittle = "D8M4450";

    /// <summary>The content of a blob does not match its digest.</summary>
    public const string BlobDigestMismatch = "D8M5001";
    /// <summary>The size of a blob does not match its manifest.</summary>
    public const string BlobSizeMismatch = "D8M5002";
    /// <summary>A blob cannot be downloaded.</summary>
    public const string BlobUnavailable = "D8M5003";
    /// <summary>A tag does not point at what was pushed.</summary>
    public const string TagNotAsPushed = "D8M5004";
    /// <summary>Archives cannot be completed.</summary>
    public const string ArchivesIncomplete = "D8M5005";
    /// <summary>The target lacks what the delta was made against.</summary>
    public const string TargetLacksBase = "D8M5201";

    /// <summary>The disk is full, or would be.</summary>
    public const string DiskFull = "D8M6001";
    /// <summary>The bundle folder holds archives of another plan.</summary>
    public const string BundleConflict = "D8M6002";
    /// <summary>The bundle folder is in use.</summary>
    public const string BundleLocked = "D8M6003";
    /// <summary>Access to a file is denied.</summary>
    public const string DiskAccessDenied = "D8M6004";
    /// <summary>A file operation failed.</summary>
    public const string DiskFailed = "D8M6005";
    /// <summary>A commit record is damaged.</summary>
    public const string CommitDamaged = "D8M6006";
    /// <summary>An archive is damaged.</summary>
    public const string ArchiveDamaged = "D8M6007";
    /// <summary>An archive has an entry that is refused.</summary>
    public const string ArchiveEntryRefused = "D8M6008";
    /// <summary>No archive was found.</summary>
    public const string NoArchives = "D8M6009";
    /// <summary>A file may be an archive, or a part of one, but does not have the name of one.</summary>
    public const string ArchiveNameUnknown = "D8M6010";
    /// <summary>An archive exists twice.</summary>
    public const string ArchiveAmbiguous = "D8M6011";
    /// <summary>A chunk is missing.</summary>
    public const string ChunkMissing = "D8M6012";
    /// <summary>A pull into this folder has not finished.</summary>
    public const string BundleUnfinished = "D8M6013";
    /// <summary>An archive has content after its end-of-archive marker (Warning).</summary>
    public const string ArchiveTail = "D8M6014";
    /// <summary>A file is larger than its file system allows.</summary>
    public const string FileTooLarge = "D8M6015";
    /// <summary>The bundle folder cannot be locked.</summary>
    public const string LockFailed = "D8M6016";
    /// <summary>The bundle folder is not locked (Warning).</summary>
    public const string FolderNotLocked = "D8M6017";
    /// <summary>Something that is not a regular file is where a file should be.</summary>
    public const string NotRegularFile = "D8M6018";
    /// <summary>Too many files are open.</summary>
    public const string TooManyOpenFiles = "D8M6019";
    /// <summary>Content that an interrupted pull had flushed changed on the disk (Warning).</summary>
    public const string DurableContentChanged = "D8M6020";
    /// <summary>The folder for temporary files belongs to another user, or is a link.</summary>
    public const string FolderNotOurs = "D8M6030";
    /// <summary>A file changed between its verification and its use.</summary>
    public const string ContentChanged = "D8M6031";
    /// <summary>The sizes in manifests add up to more than can be planned.</summary>
    public const string PlanTooLarge = "D8M6032";
    /// <summary>The bundle folder has entries that may be archives and are not read (Warning).</summary>
    public const string PossibleArchives = "D8M6040";
    /// <summary>AppleDouble files are ignored (Warning).</summary>
    public const string AppleDoubleIgnored = "D8M6041";
    /// <summary>An archive is not a tar.</summary>
    public const string ArchiveOfOtherKind = "D8M6042";
    /// <summary>An archive has half an end-of-archive marker (Warning).</summary>
    public const string ArchiveEndShort = "D8M6060";
    /// <summary>A tag occurs twice in one layout of an archive (Warning).</summary>
    public const string TagListedTwice = "D8M6061";
    /// <summary>The folder holds archives that are not in this plan (Warning).</summary>
    public const string ForeignArchives = "D8M6101";
    /// <summary>The folder holds unfinished archives that are not in this plan (Warning).</summary>
    public const string UnfinishedArchives = "D8M6102";
    /// <summary>Blobs of an interrupted pull are dropped, because there is not enough space (Warning).</summary>
    public const string UnfinishedDropped = "D8M6103";
    /// <summary>A delta is where a full bundle is needed.</summary>
    public const string DeltaNotFull = "D8M6201";
    /// <summary>Content of a merge is in none of the folders.</summary>
    public const string MergeContentMissing = "D8M6202";

    /// <summary>Content does not match its digest.</summary>
    public const string ContentDamaged = "D8M7001";
    /// <summary>A layout of an archive is unusable.</summary>
    public const string LayoutMalformed = "D8M7002";
    /// <summary>An image is incomplete.</summary>
    public const string ContentMissing = "D8M7003";
    /// <summary>A GOST checksum does not match.</summary>
    public const string GostSumWrong = "D8M7004";
    /// <summary>A GOST checksum is missing.</summary>
    public const string GostSumMissing = "D8M7005";
    /// <summary>A GOST checksum file is malformed.</summary>
    public const string GostSumMalformed = "D8M7006";
    /// <summary>A GOST checksum has no file.</summary>
    public const string GostSumOrphan = "D8M7007";
    /// <summary>An inventory does not match its archive.</summary>
    public const string InventoryDiffers = "D8M7008";
    /// <summary>An archive of the bundle is missing.</summary>
    public const string ArchiveMissing = "D8M7009";
    /// <summary>The bundle folder has a checksum or signature without its archive (Warning).</summary>
    public const string ArchivePerhapsMissing = "D8M7010";
    /// <summary>An image is missing at a target.</summary>
    public const string TargetImageMissing = "D8M7101";
    /// <summary>A tag of a target stands for another image.</summary>
    public const string TargetImageDiffers = "D8M7102";
    /// <summary>An image of a target is damaged: its manifest is there, and not all of its content.</summary>
    public const string TargetImageDamaged = "D8M7103";
    /// <summary>A target has tags that no list names (Warning).</summary>
    public const string TargetHasMore = "D8M7150";

    /// <summary>MSBuild is too old.</summary>
    public const string HostTooOld = "D8M8001";
    /// <summary>The run was cancelled.</summary>
    public const string Cancelled = "D8M8002";
    /// <summary>An assembly cannot be loaded, or has another version.</summary>
    public const string AssemblyNotLoaded = "D8M8006";
    /// <summary>The summary for the CI system cannot be written.</summary>
    public const string SummaryNotWritten = "D8M8010";

    /// <summary>The mirror failed because of a defect.</summary>
    public const string Defect = "D8M9001";
}
