namespace Mirror.Engine;

/// <summary>
/// Every code the engine and its front ends use, by family (docs/errors.md). A retired code keeps its line and is
/// never given a second meaning.
/// </summary>
public static partial class FaultCode
{
    /// <summary>A required setting is missing.</summary>
    public const string SettingMissing = "D8M1001";
    /// <summary>A setting cannot be read, or no such setting exists.</summary>
    public const string SettingMalformed = "D8M1002";
    /// <summary>A setting is out of range.</summary>
    public const string SettingOutOfRange = "D8M1003";
    /// <summary>Two settings exclude each other.</summary>
    public const string SettingsConflict = "D8M1004";
    /// <summary>A path is not fully qualified.</summary>
    public const string PathNotQualified = "D8M1005";
    /// <summary>The path of the bundle is a file.</summary>
    public const string BundleNotDirectory = "D8M1006";
    /// <summary>A registry reference is malformed.</summary>
    public const string ReferenceMalformed = "D8M1007";
    /// <summary>A secret was given as a property.</summary>
    public const string SecretInProperty = "D8M1008";
    /// <summary>A rule for modules, packages or plugins is malformed.</summary>
    public const string FilterMalformed = "D8M1009";
    /// <summary>A version is malformed.</summary>
    public const string VersionMalformed = "D8M1010";
    /// <summary>A version constraint is malformed.</summary>
    public const string ConstraintMalformed = "D8M1011";
    /// <summary>A constraint looks like a path.</summary>
    public const string ConstraintIsPath = "D8M1012";
    /// <summary>A setting is not available in this version.</summary>
    public const string SettingUnavailable = "D8M1013";
    /// <summary>A file of CA certificates cannot be read.</summary>
    public const string CertificateFileUnreadable = "D8M1014";
    /// <summary>Nothing is selected.</summary>
    public const string NothingSelected = "D8M1015";
    /// <summary>Two credentials with the same precedence are set (Warning).</summary>
    public const string CredentialsAmbiguous = "D8M1016";
    /// <summary>A setting has no effect here.</summary>
    public const string SettingNotNeeded = "D8M1017";
    /// <summary>A proxy registry needs explicit names.</summary>
    public const string ProxyNeedsNames = "D8M1018";
    /// <summary>A proxy registry needs rules with versions.</summary>
    public const string ProxyNeedsVersions = "D8M1019";
    /// <summary>A proxy registry setting has no effect.</summary>
    public const string ProxyNeedsNothing = "D8M1020";
    /// <summary>The bundle format cannot hold what was asked for.</summary>
    public const string PartNotInLegacyForm = "D8M1022";
    /// <summary>A client certificate cannot be used.</summary>
    public const string ClientCertificateUnusable = "D8M1023";
    /// <summary>The key of a client certificate cannot be used.</summary>
    public const string ClientKeyUnusable = "D8M1024";
    /// <summary>A client certificate is not valid now.</summary>
    public const string ClientCertificateNotValid = "D8M1025";
    /// <summary>A client certificate cannot be used through this proxy.</summary>
    public const string ClientCertificateThroughProxy = "D8M1026";
    /// <summary>A rule is lost as a pattern of file names.</summary>
    public const string RuleIsFilePattern = "D8M1027";
    /// <summary>The report file or the outputs file cannot be written.</summary>
    public const string ReportNotWritable = "D8M1030";
    /// <summary>The report file holds the record of another verb.</summary>
    public const string ReportOfOtherVerb = "D8M1031";

    /// <summary>A host name cannot be resolved.</summary>
    public const string HostNotFound = "D8M2001";
    /// <summary>A connection failed.</summary>
    public const string ConnectionFailed = "D8M2002";
    /// <summary>A certificate is rejected.</summary>
    public const string CertificateRejected = "D8M2003";
    /// <summary>The server speaks plain HTTP.</summary>
    public const string PlainHttpServer = "D8M2004";
    /// <summary>The registry does not respond.</summary>
    public const string RegistrySilent = "D8M2005";
    /// <summary>The registry rejects the credentials (401).</summary>
    public const string Unauthorized = "D8M2006";
    /// <summary>The registry denies access (403).</summary>
    public const string Forbidden = "D8M2007";
    /// <summary>A repository is not found (404).</summary>
    public const string RepositoryNotFound = "D8M2008";
    /// <summary>Too many requests (429).</summary>
    public const string TooManyRequests = "D8M2009";
    /// <summary>The registry fails (5xx).</summary>
    public const string ServerError = "D8M2010";
    /// <summary>The server sent an unexpected answer.</summary>
    public const string UnexpectedAnswer = "D8M2011";
    /// <summary>A manifest does not match its digest.</summary>
    public const string ManifestDigestMismatch = "D8M2012";
    /// <summary>Metadata is too large.</summary>
    public const string MetadataTooLarge = "D8M2013";
    /// <summary>Credentials are not sent to this token service.</summary>
    public const string RealmRefused = "D8M2014";
    /// <summary>A redirect is refused.</summary>
    public const string RedirectRefused = "D8M2015";
    /// <summary>A connection broke.</summary>
    public const string ConnectionBroken = "D8M2016";
    /// <summary>The proxy failed.</summary>
    public const string ProxyFailed = "D8M2017";
    /// <summary>A manifest is malformed.</summary>
    public const string ManifestMalformed = "D8M2018";
    /// <summary>Plain HTTP is used (Warning).</summary>
    public const string PlainHttpUsed = "D8M2019";
    /// <summary>The registry refused content.</summary>
    public const string ContentRefused = "D8M2020";
    /// <summary>A request is too large for the registry or a proxy before it.</summary>
    public const string BodyTooLarge = "D8M2021";
    /// <summary>A credential file of Docker or Podman cannot be used.</summary>
    public const string CredentialFileUnusable = "D8M2022";
    /// <summary>A credential helper is missing.</summary>
    public const string CredentialHelperMissing = "D8M2023";
    /// <summary>A credential helper failed.</summary>
    public const string CredentialHelperFailed = "D8M2024";
    /// <summary>A 404 does not prove that something does not exist.</summary>
    public const string AbsenceUnproven = "D8M2030";
    /// <summary>The registry requires a client certificate.</summary>
    public const string ClientCertificateRequired = "D8M2035";
    /// <summary>The registry does not accept the client certificate.</summary>
    public const string ClientCertificateRefused = "D8M2036";
    /// <summary>The TLS handshake failed.</summary>
    public const string TlsHandshakeFailed = "D8M2037";
    /// <summary>A registry directs an upload to another host.</summary>
    public const string UploadElsewhere = "D8M2040";

    /// <summary>There is no release channel.</summary>
    public const string NoReleaseChannels = "D8M3001";
    /// <summary>A release channel is missing.</summary>
    public const string ChannelMissing = "D8M3002";
    /// <summary>A tag does not exist.</summary>
    public const string TagMissing = "D8M3003";
    /// <summary>A release channel is suspended.</summary>
    public const string ChannelSuspended = "D8M3004";
    /// <summary>A release channel has no valid version.</summary>
    public const string ChannelVersionMalformed = "D8M3005";
    /// <summary>A metadata file is missing.</summary>
    public const string MetadataFileMissing = "D8M3006";
    /// <summary>A metadata file is malformed.</summary>
    public const string MetadataFileMalformed = "D8M3007";
    /// <summary>A module or package does not exist.</summary>
    public const string ModuleMissing = "D8M3008";
    /// <summary>A rule selects nothing.</summary>
    public const string ModuleSelectsNothing = "D8M3009";
    /// <summary>A component image is missing.</summary>
    public const string ComponentMissing = "D8M3010";
    /// <summary>The plan is empty.</summary>
    public const string PlanEmpty = "D8M3011";
    /// <summary>A layer cannot be read.</summary>
    public const string LayerUnreadable = "D8M3012";
    /// <summary>No platform release satisfies the constraint.</summary>
    public const string PlatformSelectsNothing = "D8M3013";
    /// <summary>An included CLI plugin does not exist.</summary>
    public const string PluginMissing = "D8M3014";
    /// <summary>An included CLI plugin cannot be pulled.</summary>
    public const string PluginUnusable = "D8M3015";
    /// <summary>A CLI plugin needs an exact version.</summary>
    public const string PluginNotPinned = "D8M3016";
    /// <summary>A release is incomplete at the source.</summary>
    public const string ReleaseIncomplete = "D8M3017";
    /// <summary>The registry does not list the platform's releases.</summary>
    public const string TagsNotListed = "D8M3018";
    /// <summary>There are no security databases (Warning).</summary>
    public const string NoSecurityDatabases = "D8M3101";
    /// <summary>There are no modules or packages (Warning).</summary>
    public const string NoModules = "D8M3102";
    /// <summary>An optional image is missing (Warning).</summary>
    public const string OptionalImageMissing = "D8M3103";
    /// <summary>Excludes are ignored, because there are includes (Warning).</summary>
    public const string IncludeWinsOverExclude = "D8M3104";
    /// <summary>A component cannot be mirrored yet (Retired).</summary>
    public const string ComponentNotSupported = "D8M3105";
    /// <summary><c>SinceVersion</c> is ignored (Warning).</summary>
    public const string SinceVersionIgnored = "D8M3106";
    /// <summary>Modules are read from another path (Warning).</summary>
    public const string ModulesPathMoved = "D8M3107";
    /// <summary>Modules or CLI plugins are pulled although they are switched off (Warning).</summary>
    public const string IncludedAnyway = "D8M3108";
    /// <summary>A CLI plugin is not pulled (Warning).</summary>
    public const string PluginSkipped = "D8M3109";
    /// <summary>A CLI plugin needs something that is not in the bundle (Warning).</summary>
    public const string PluginRequirementUnmet = "D8M3110";
    /// <summary>CLI plugins could not be read (Warning).</summary>
    public const string PluginUnreadable = "D8M3111";
    /// <summary>Versions were probed one by one (Warning).</summary>
    public const string VersionsProbed = "D8M3112";
    /// <summary>A release is not in <c>deckhousereleases.yaml</c> (Warning).</summary>
    public const string ReleaseManifestMissing = "D8M3114";
    /// <summary>Parts are left out because the bundle format cannot hold them (Warning).</summary>
    public const string PartsNotInLegacyForm = "D8M3115";
    /// <summary>No release channel of the bundle points to the release (Warning).</summary>
    public const string ChannelsNotPublished = "D8M3116";
    /// <summary>A module or package is broken at the source and left out (Warning).</summary>
    public const string ItemLeftOut = "D8M3118";
    /// <summary>Excludes leave nothing of a module or package (Warning).</summary>
    public const string ItemExcludedWhole = "D8M3119";
    /// <summary>An exclude has no effect (Warning).</summary>
    public const string ExcludesNothing = "D8M3120";
    /// <summary>A release channel is left out of the bundle (Warning).</summary>
    public const string ChannelLeftOut = "D8M3121";
    /// <summary>The Deckhouse CLI is not in the bundle (Warning).</summary>
    public const string DeckhouseCliLeftOut = "D8M3122";
    /// <summary>A CLI plugin of the platform is not pulled (Warning).</summary>
    public const string PlatformPluginLeftOut = "D8M3123";
    /// <summary>A built-in command is used in place of a CLI plugin (Warning).</summary>
    public const string BuiltInInstead = "D8M3124";
}
