namespace Mirror.Engine.Errors;

/// <summary>
/// Every code the engine and its front ends use, by family (docs/errors.md). A retired code keeps its line and is
/// never given a second meaning.
/// </summary>
internal static class FaultCode
{
    public const string SettingMissing = "D8M1001";
    public const string SettingMalformed = "D8M1002";
    public const string SettingOutOfRange = "D8M1003";
    public const string SettingsConflict = "D8M1004";
    public const string PathNotQualified = "D8M1005";
    public const string BundleNotDirectory = "D8M1006";
    public const string ReferenceMalformed = "D8M1007";
    public const string SecretInProperty = "D8M1008";
    public const string FilterMalformed = "D8M1009";
    public const string VersionMalformed = "D8M1010";
    public const string ConstraintMalformed = "D8M1011";
    public const string ConstraintIsPath = "D8M1012";
    public const string SettingUnavailable = "D8M1013";
    public const string CertificateFileUnreadable = "D8M1014";
    public const string NothingSelected = "D8M1015";
    public const string CredentialsAmbiguous = "D8M1016";
    public const string SettingNotNeeded = "D8M1017";
    public const string ProxyNeedsNames = "D8M1018";
    public const string ProxyNeedsVersions = "D8M1019";
    public const string ProxyNeedsNothing = "D8M1020";
    public const string PartNotInLegacyForm = "D8M1022";
    public const string ClientCertificateUnusable = "D8M1023";
    public const string ClientKeyUnusable = "D8M1024";
    public const string ClientCertificateNotValid = "D8M1025";
    public const string ClientCertificateThroughProxy = "D8M1026";

    public const string HostNotFound = "D8M2001";
    public const string ConnectionFailed = "D8M2002";
    public const string CertificateRejected = "D8M2003";
    public const string PlainHttpServer = "D8M2004";
    public const string RegistrySilent = "D8M2005";
    public const string Unauthorized = "D8M2006";
    public const string Forbidden = "D8M2007";
    public const string RepositoryNotFound = "D8M2008";
    public const string TooManyRequests = "D8M2009";
    public const string ServerError = "D8M2010";
    public const string UnexpectedAnswer = "D8M2011";
    public const string ManifestDigestMismatch = "D8M2012";
    public const string MetadataTooLarge = "D8M2013";
    public const string RealmRefused = "D8M2014";
    public const string RedirectRefused = "D8M2015";
    public const string ConnectionBroken = "D8M2016";
    public const string ProxyFailed = "D8M2017";
    public const string ManifestMalformed = "D8M2018";
    public const string PlainHttpUsed = "D8M2019";
    public const string ContentRefused = "D8M2020";
    public const string BodyTooLarge = "D8M2021";
    public const string CredentialFileUnusable = "D8M2022";
    public const string CredentialHelperMissing = "D8M2023";
    public const string CredentialHelperFailed = "D8M2024";
    public const string AbsenceUnproven = "D8M2030";
    public const string ClientCertificateRequired = "D8M2035";
    public const string ClientCertificateRefused = "D8M2036";
    public const string TlsHandshakeFailed = "D8M2037";
    public const string UploadElsewhere = "D8M2040";

    public const string NoReleaseChannels = "D8M3001";
    public const string ChannelMissing = "D8M3002";
    public const string TagMissing = "D8M3003";
    public const string ChannelSuspended = "D8M3004";
    public const string ChannelVersionMalformed = "D8M3005";
    public const string MetadataFileMissing = "D8M3006";
    public const string MetadataFileMalformed = "D8M3007";
    public const string ModuleMissing = "D8M3008";
    public const string ModuleSelectsNothing = "D8M3009";
    public const string ComponentMissing = "D8M3010";
    public const string PlanEmpty = "D8M3011";
    public const string LayerUnreadable = "D8M3012";
    public const string PlatformSelectsNothing = "D8M3013";
    public const string PluginMissing = "D8M3014";
    public const string PluginUnusable = "D8M3015";
    public const string PluginNotPinned = "D8M3016";
    public const string ReleaseIncomplete = "D8M3017";
    public const string TagsNotListed = "D8M3018";
    public const string NoSecurityDatabases = "D8M3101";
    public const string NoModules = "D8M3102";
    public const string OptionalImageMissing = "D8M3103";
    public const string IncludeWinsOverExclude = "D8M3104";

    // Retired: told of CLI plugins while they could not be pulled.
    public const string ComponentNotSupported = "D8M3105";
    public const string SinceVersionIgnored = "D8M3106";
    public const string ModulesPathMoved = "D8M3107";
    public const string IncludedAnyway = "D8M3108";
    public const string PluginSkipped = "D8M3109";
    public const string PluginRequirementUnmet = "D8M3110";
    public const string PluginUnreadable = "D8M3111";
    public const string VersionsProbed = "D8M3112";
    public const string ReleaseManifestMissing = "D8M3114";
    public const string PartsNotInLegacyForm = "D8M3115";
    public const string ChannelsNotPublished = "D8M3116";
    public const string ItemLeftOut = "D8M3118";
    public const string ItemExcludedWhole = "D8M3119";
    public const string ExcludesNothing = "D8M3120";
    public const string ChannelLeftOut = "D8M3121";
    public const string DeckhouseCliLeftOut = "D8M3122";
    public const string PlatformPluginLeftOut = "D8M3123";
    public const string BuiltInInstead = "D8M3124";

    public const string BlobSizesDiffer = "D8M4001";
    public const string TagHasTwoDigests = "D8M4002";
    public const string RepositoriesCollide = "D8M4003";
    public const string ArchiveHasNoPlace = "D8M4004";
    public const string PathUnknown = "D8M4020";

    public const string BlobDigestMismatch = "D8M5001";
    public const string BlobSizeMismatch = "D8M5002";
    public const string BlobUnavailable = "D8M5003";
    public const string TagNotAsPushed = "D8M5004";
    public const string ArchivesIncomplete = "D8M5005";

    public const string DiskFull = "D8M6001";
    public const string BundleConflict = "D8M6002";
    public const string BundleLocked = "D8M6003";
    public const string DiskAccessDenied = "D8M6004";
    public const string DiskFailed = "D8M6005";
    public const string CommitDamaged = "D8M6006";
    public const string ArchiveDamaged = "D8M6007";
    public const string ArchiveEntryRefused = "D8M6008";
    public const string NoArchives = "D8M6009";
    public const string ArchiveNameUnknown = "D8M6010";
    public const string ArchiveAmbiguous = "D8M6011";
    public const string ChunkMissing = "D8M6012";
    public const string BundleUnfinished = "D8M6013";
    public const string ArchiveTail = "D8M6014";
    public const string FileTooLarge = "D8M6015";
    public const string LockFailed = "D8M6016";
    public const string FolderNotLocked = "D8M6017";
    public const string NotRegularFile = "D8M6018";
    public const string TooManyOpenFiles = "D8M6019";
    public const string DurableContentChanged = "D8M6020";
    public const string FolderNotOurs = "D8M6030";
    public const string ContentChanged = "D8M6031";
    public const string PlanTooLarge = "D8M6032";
    public const string PossibleArchives = "D8M6040";
    public const string AppleDoubleIgnored = "D8M6041";
    public const string ArchiveOfOtherKind = "D8M6042";
    public const string ArchiveEndShort = "D8M6060";
    public const string TagListedTwice = "D8M6061";
    public const string ForeignArchives = "D8M6101";
    public const string UnfinishedArchives = "D8M6102";
    public const string UnfinishedDropped = "D8M6103";

    public const string ContentDamaged = "D8M7001";
    public const string LayoutMalformed = "D8M7002";
    public const string ContentMissing = "D8M7003";
    public const string GostSumWrong = "D8M7004";
    public const string GostSumMissing = "D8M7005";
    public const string GostSumMalformed = "D8M7006";
    public const string GostSumOrphan = "D8M7007";
    public const string InventoryDiffers = "D8M7008";
    public const string ArchiveMissing = "D8M7009";
    public const string ArchivePerhapsMissing = "D8M7010";

    public const string HostTooOld = "D8M8001";
    public const string Cancelled = "D8M8002";
    public const string SummaryNotWritten = "D8M8010";

    public const string Defect = "D8M9001";
}
