using System.Collections.Frozen;
using Mirror.Engine.Errors;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>What a Deckhouse source can lack. Faults end the run; notes (D8M31xx) become warnings.</summary>
internal static class DeckhouseFaults
{
    private const int ShownTags = 20;

    private static readonly string CheckSource =
        $"check the path in {SettingName.Source} and that the licence covers this edition.";


    private const int MaxCauses = 3;

    /// <summary>What is wrong with one piece of content, found out while it was asked for.</summary>
    private static readonly FrozenSet<string> Content =
        FrozenSet.Create(StringComparer.Ordinal, FaultCode.ManifestMalformed, FaultCode.BlobUnavailable);

    /// <summary>
    /// Whether all faults are about content that is absent or broken at the source; a registry that refuses or fails
    /// never is.
    /// </summary>
    public static bool AreOfContent(MirrorException failure) => failure.Faults.All(fault =>
        fault.Code.StartsWith("D8M3", StringComparison.Ordinal) || Content.Contains(fault.Code));

    public static Fault NoChannels(string repository) => new(
        FaultCode.NoReleaseChannels,
        $"{repository} has no release channel: none of {string.Join(", ", ReleaseChannel.All)} exists.",
        $"Name one release with {SettingName.DeckhouseTag}, or {CheckSource}");

    public static Fault ChannelsMissing(string repository, IEnumerable<string> missing, IEnumerable<string> present) =>
        new(
            FaultCode.ChannelMissing,
            $"{repository} lacks the release {Channels(missing)}; it has {Others(present)}.",
            $"Name one release or channel with {SettingName.DeckhouseTag}, or {CheckSource}");

    public static Fault TagMissing(
        string repository, string tag, string reason, IReadOnlyCollection<string> present) => new(
        FaultCode.TagMissing,
        $"{repository}:{tag} does not exist ({reason}).{VersionsAmong(present)}",
        $"{NearestNames.Ask(tag, present)}Check {SettingName.DeckhouseTag}, {SettingName.IncludePlatform} and the "
            + $"rules of modules for a spelling mistake, and {CheckSource}");

    public static Fault ChannelsSuspended(IEnumerable<string> channels) => new(
        FaultCode.ChannelSuspended,
        $"Suspended by the vendor: release {Channels(channels)}.",
        $"Wait until the release is resumed, name another one with {SettingName.DeckhouseTag}, or set "
            + $"{SettingName.IgnoreSuspend}.");

    public static Fault ReleaseIncomplete(string reference, string release, string reason) => new(
        FaultCode.ReleaseIncomplete,
        $"{reference} does not exist, so the release {release} ({reason}) is incomplete.",
        $"Report it to the administrator of the source registry, or select other releases with "
            + $"{SettingName.DeckhouseTag} or {SettingName.IncludePlatform}.");

    public static Fault TagsNotListed(string repository) => new(
        FaultCode.TagsNotListed,
        $"{repository} has release channels, but the registry gives no list of its tags.",
        $"If the registry is a proxy that cannot list tags, set {SettingName.ProxyRegistry} with "
            + $"{SettingName.IncludePlatform}; or name one release with {SettingName.DeckhouseTag}.");

    public static Fault ChannelsNotPublished(string reference, IEnumerable<string> matched) => new(
        FaultCode.ChannelsNotPublished,
        $"{reference} does not exist, so no release channel of the bundle is made to point to it"
            + (matched.Any() ? $"; kept as it is: {Quote(matched)}." : "."),
        "A cluster that follows a release channel finds no update in this bundle; name a release that is published.");

    public static Fault ChannelVersionMalformed(string reference, string version) => new(
        FaultCode.ChannelVersionMalformed,
        $"version.json of {reference} says '{ErrorBody.Clean(version)}', which is not a version.",
        "The release image is damaged: report it to the administrator of the source registry.");

    public static Fault FileMissing(string reference, string file) => new(
        FaultCode.MetadataFileMissing,
        $"{reference} holds no {file}.",
        $"The image is not a Deckhouse image of that kind, or is damaged: check the tag and the path in "
            + $"{SettingName.Source}.");

    public static Fault FileMalformed(string reference, string file, string detail) => new(
        FaultCode.MetadataFileMalformed,
        $"{file} of {reference} cannot be read: {ErrorBody.Clean(detail)}",
        "The image is damaged: report it to the administrator of the source registry.");

    public static Fault LayerUnreadable(string reference, string layer, string detail) => new(
        FaultCode.LayerUnreadable,
        $"The layer {layer} of {reference} cannot be read: {ErrorBody.Clean(detail)}",
        "The image is damaged or packed in a way this version cannot read: report it with the name of the image.");

    public static Fault LayerChanged(string reference, Digest layer, Digest actual) => new(
        FaultCode.ContentChanged,
        $"The layer {layer} of {reference} was verified and then changed on disk: when read, it was {actual}.",
        $"Make sure that no other program or user writes to the bundle folder or to {SettingName.TmpDirectory}, then "
            + "run again.");

    public static Fault NameMissing(
        string kind, string name, string repository, IReadOnlyCollection<string> present)
    {
        return new Fault(
            FaultCode.ModuleMissing,
            $"The {kind} '{name}' is not in {repository}"
                + (present.Count == 0 ? "." : $", which has {NearestNames.List(present)}."),
            $"{NearestNames.Ask(name, present)}Check its spelling in {Include(kind)}, and {CheckSource}")
        {
            Settings = [new SettingReference(IncludeMember(kind), name)],
        };
    }

    public static Fault NameMalformed(string item, string repository) => new(
        FaultCode.ModuleMissing,
        $"The {item} of {repository} has no repository: its name cannot be part of a repository's path.",
        "Report it to the administrator of the source registry.");

    public static Fault SelectsNothing(
        string kind, string item, string rule, IReadOnlyCollection<string> tags, string searched = "")
    {
        return new Fault(
            FaultCode.ModuleSelectsNothing,
            $"The rule '{rule}' of {Include(kind)} selects no version of the {item}.{VersionsAmong(tags)}{searched}",
            "Name versions that exist; without a constraint the release channels decide.")
        {
            Settings = [new SettingReference(IncludeMember(kind), rule)],
        };
    }

    public static Fault OnNoChannel(string item, string repository) => new(
        FaultCode.ModuleSelectsNothing,
        $"The {item} has no version on a release channel: {repository} has none of "
            + $"{string.Join(", ", ReleaseChannel.All)}.",
        "Name a version of it, or report it to the administrator of the source registry.");

    public static Fault LeftOut(string kind, string what, MirrorException broken) => new(
        FaultCode.ItemLeftOut,
        $"{what}: {string.Join(' ', broken.Faults.Take(MaxCauses).Select(fault => fault.QuotableMessage))}"
            + (broken.Faults.Length > MaxCauses ? $" And {broken.Faults.Length - MaxCauses} more." : ""),
        $"Report it to the administrator of the source registry, or leave it out with {Exclude(kind)}.");

    public static Fault ExcludedWhole(string kind, string item, ImmutableArray<ComponentRule> rules) => new(
        FaultCode.ItemExcludedWhole,
        $"The {item} gets no archive: every version that its release channels point at is excluded by "
            + $"{Quote(rules.Select(rule => rule.ToString()))}.",
        "Exclude it by its name alone to suppress this warning, or include a version that you want.")
    {
        Settings = [.. rules.Select(rule => new SettingReference($"Exclude{Capital(kind)}s", rule.ToString()))],
    };

    public static Fault ExcludesNothing(
        string kind, ComponentRule rule, string repository, IReadOnlyCollection<string> present) => new Fault(
        FaultCode.ExcludesNothing,
        $"'{rule}' excludes nothing: {repository} has no {kind} of that name"
            + (present.Count == 0 ? "." : $", but {NearestNames.List(present)}."),
        $"{NearestNames.Ask(rule.Name, present)}Check its spelling in {Exclude(kind)}, or remove it.")
        .WithValue($"{rule}");

    public static Fault ComponentMissing(string reference, string owner) => new(
        FaultCode.ComponentMissing,
        $"{reference}, which {owner} needs, does not exist.",
        "The source is incomplete: report it to the administrator of the source registry, or select another version.");

    public static Fault InstallerMissing(string repository, string tag, IReadOnlyCollection<string> present) => new(
        FaultCode.OptionalImageMissing,
        $"{repository}:{tag} (stand-alone installer) does not exist and is not part of the bundle."
            + VersionsAmong(present),
        $"{NearestNames.Ask(tag, present)}If a cluster needs it, name a tag that exists in "
            + $"{SettingName.Mark(nameof(MirrorSelectionSettings.InstallerTag))}.");

    public static Fault OptionalMissing(string reference, string reason) => new(
        FaultCode.OptionalImageMissing,
        $"{reference} ({reason}) does not exist and is not part of the bundle.",
        "If a cluster needs it, report it to the administrator of the source registry.");

    public static Fault PlatformSelectsNothing(
        string repository, string range, IEnumerable<string> channels, string searched) => new Fault(
        FaultCode.PlatformSelectsNothing,
        $"No release in {repository} satisfies {SettingName.IncludePlatform} {range}; {string.Join(", ", channels)}."
            + searched,
        $"Widen the constraint, or set {SettingName.Without("Platform")} if you do not need the platform.")
        .WithValue(range);

    public static Fault NoSecurityDatabases(string reference, IEnumerable<string> others) => new(
        FaultCode.NoSecurityDatabases,
        $"{reference} does not exist: this edition has no security databases."
            + (others.Any() ? $" Left out with it: {string.Join(", ", others)}." : ""),
        $"Set {SettingName.Without("SecurityDb")} to exclude them without this warning.");

    public static Fault NoCatalogue(string kind, string repository) => new(
        FaultCode.NoModules,
        $"{repository} does not exist or is empty: no {kind} is pulled.",
        $"Set {SettingName.Without($"{Capital(kind)}s")} to exclude them without this warning, or {CheckSource}");

    public static Fault SinceIgnored(string since, string rockSolid) => new Fault(
        FaultCode.SinceVersionIgnored,
        $"{SettingName.SinceVersion} {since} is above the release of rock-solid ({rockSolid}) and is ignored.",
        "Give an older version to pull releases below rock-solid.").WithValue(since);

    public static Fault SinceWithoutAlpha(string since) => new Fault(
        FaultCode.SinceVersionIgnored,
        $"{SettingName.SinceVersion} {since} is ignored: this edition has no alpha channel, so only the releases of "
            + "its channels are pulled, not a range of versions.",
        $"Select older releases with a range in {SettingName.IncludePlatform}.").WithValue(since);

    public static Fault ChannelLeftOut(string channel, string release, string why) => new(
        FaultCode.ChannelLeftOut,
        $"The release channel {channel} ({release}) is not in the bundle: {why}.",
        $"Set {SettingName.SelectionRules} to V025 to keep every channel, or pull this release with "
            + $"{SettingName.DeckhouseTag}.");

    public static Fault InstallerDenied(Fault denied) => denied with
    {
        Advice = $"{denied.QuotableAdvice} Or set {SettingName.Without("Installer")}: the stand-alone installer is not "
            + "part of an edition, and a licence for one of them may not cover it.",
    };

    public static Fault DeckhouseCliMissing(string repository, string tag, IReadOnlyCollection<string> present) => new(
        FaultCode.TagMissing,
        $"{repository}:{tag} does not exist (Deckhouse CLI).{VersionsAmong(present)}",
        $"{NearestNames.Ask(tag, present)}Correct {SettingName.DeckhouseCliTag}, or remove it: the newest stable "
            + "version is used then.");

    public static Fault DeckhouseCliDenied(Fault denied) => denied with
    {
        Advice = $"{denied.QuotableAdvice} Or remove {SettingName.DeckhouseCliTag}: without it the Deckhouse CLI is "
            + "left out where access is denied, with a warning.",
    };

    public static Fault DeckhouseCliLeftOut(string why) => new(
        FaultCode.DeckhouseCliLeftOut,
        $"The Deckhouse CLI is not in the bundle: {why}.",
        $"If it is needed, name its tag in {SettingName.DeckhouseCliTag}; if not, set "
            + $"{SettingName.Without("DeckhouseCli")} to pull without this warning.");

    public static Fault ModulesMoved(string actual, string standard) => new(
        FaultCode.ModulesPathMoved,
        $"Modules are read from {actual}, not from {standard}.",
        $"If that is not intended, unset {SettingName.ModulesPathSuffix}.");

    public static Fault VersionsProbed(string what, string constraint, ImmutableArray<string> ends) => new(
        FaultCode.VersionsProbed,
        ends.IsEmpty
            ? $"Versions of {what} were to be looked for one by one, but '{constraint}' has no lowest version."
            : $"Versions of {what} within '{constraint}' were looked for one by one; a series of them ends where one "
                + $"is missing or left out: {Shorten(ends)}.",
        "The search begins at the lowest version of the constraint. A version beyond a gap or a pre-release is not "
        + "found: name it with =v1.2.3.");

    private static string Shorten(ImmutableArray<string> tags) => tags.Length <= ShownTags
        ? string.Join(", ", tags)
        : $"{string.Join(", ", tags.Take(ShownTags))} and {tags.Length - ShownTags} more";

    public static Fault NoReleaseManifest(string reference, string why) => new(
        FaultCode.ReleaseManifestMissing,
        $"{reference} gives no document for {PlannedFile.Releases}: {ErrorBody.Clean(why)}",
        "The release itself is pulled. If a cluster reads that file, report it to the administrator of the "
            + "source registry.");

    public static Fault NotInLegacyForm(MirrorComponents parts) => new(
        FaultCode.PartsNotInLegacyForm,
        $"A bundle of the form {nameof(BundleFormat.Legacy025)} cannot hold these parts, which are left out: {parts}.",
        $"Set {string.Join(", ", Enum.GetValues<MirrorComponents>()
            .Where(part => part is not (MirrorComponents.None or MirrorComponents.All) && parts.HasFlag(part))
            .Select(part => SettingName.Without($"{part}")))} to exclude them without this warning, or "
            + $"{SettingName.BundleFormat} to {nameof(BundleFormat.PathPreserving)}.");

    /// <summary>What a message adds: the newest versions among the tags that are there.</summary>
    public static string VersionsAmong(IEnumerable<string> tags)
    {
        string[] versions = [.. TaggedVersion.AmongTags(tags).Reverse().Select(version => version.Tag)];
        return versions.Length == 0 ? "" : $" There are {NearestNames.List(versions)}.";
    }

    private static string IncludeMember(string kind) => $"Include{Capital(kind)}s";

    private static string Include(string kind) => SettingName.Mark(IncludeMember(kind));

    private static string Exclude(string kind) => SettingName.Mark($"Exclude{Capital(kind)}s");

    private static string Channels(IEnumerable<string> names) =>
        $"{(names.Skip(1).Any() ? "channels" : "channel")} {Quote(names)}";

    private static string Others(IEnumerable<string> present) =>
        present.Any() ? Quote(present) : "no other that could be read";

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static string Capital(string kind) => $"{char.ToUpperInvariant(kind[0])}{kind[1..]}";
}
