using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

internal static class PushCheck
{
    public static CheckedPushSettings Collect(
        MirrorPushSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        ConnectionCheck connection = new(settings, environment, faults);
        CheckedPushSettings push = CollectTarget(settings, connection, environment, faults);
        connection.CheckShared();
        FileCheck.CheckPath("LockFile", settings.LockFile, faults);
        FileCheck.CheckReviewed(settings.Reviewed, faults);
        FileCheck.CheckPath("InventoryFile", settings.InventoryFile, faults);
        ImmutableArray<string> files = FileCheck.CheckBundle(settings.BundleDirectory, settings.Files, faults);
        if (!string.IsNullOrEmpty(settings.TmpDirectory))
        {
            FileCheck.CheckPath("TmpDirectory", settings.TmpDirectory, faults);
            faults.Warn(new Fault(
                FaultCode.SettingNotNeeded,
                $"{SettingName.TmpDirectory} is set, but a push writes no temporary files; it is not used.",
                "Remove it from the push."));
        }

        return push with { Settings = push.Settings with { Files = files }, Warnings = faults.Warnings };
    }

    /// <summary>Where it goes, without what.</summary>
    public static CheckedPushSettings CollectTarget(
        MirrorPushSettings settings, ConnectionCheck connection, RunEnvironment environment, SettingsFaults faults)
    {
        RegistryEndpoint endpoint = settings.Target ?? new RegistryEndpoint("");
        if (string.IsNullOrWhiteSpace(endpoint.Reference))
        {
            faults.GiveUp("Target", SettingFault.Missing(
                SettingName.Target, "Set it to host[:port]/path, for example registry.local/deckhouse/ee."));
        }

        RegistryAccess target = connection.CheckEnd(EndNames.Target, endpoint, licenseToken: null);
        string? bareRoot = PathOf(settings.BareRoot ?? BareRoot.Auto, target, faults);
        MirrorPushSettings settled = settings with
        {
            Transfer = target.Transfer,
            AllowedRealms = target.AllowedRealms,
            SkipAccessCheck = settings.SkipAccessCheck || IsBypassed(environment, faults),
            Credential = null,
            Target = endpoint with { Credential = null, CredentialNames = new CredentialNames() },
        };
        return new CheckedPushSettings(settled, target, bareRoot, faults.Warnings);
    }

    private static string? PathOf(BareRoot root, RegistryAccess target, SettingsFaults faults)
    {
        if (root.Path is not { } given)
        {
            return root == BareRoot.Target ? target.Path : null;
        }

        string path = given.Trim('/');
        if (!RepositoryName.IsValid(path))
        {
            faults.Add("BareRoot", SettingFault.Malformed(
                SettingName.Mark("BareRoot"), given, "repository path",
                "Auto, Target or a path at the target's host, such as deckhouse"));
        }

        return path;
    }

    private static bool IsBypassed(RunEnvironment environment, SettingsFaults faults)
    {
        string? text = environment[EndNames.BypassVariable];
        if (text is null or "0" or "1")
        {
            return text == "1";
        }

        if (!BooleanText.TryParse(text, out bool value))
        {
            faults.Add("SkipAccessCheck", SettingFault.Malformed(
                $"The variable {EndNames.BypassVariable}", text, "boolean", "1, true or false"));
        }

        return value;
    }
}

/// <summary>The settings of a push after <see cref="SettingsCheck"/>.</summary>
/// <param name="Settings">Complete; no array is default, and no secret is left.</param>
/// <param name="Target">The target, with its credential.</param>
/// <param name="BareRoot">
/// The repository path for what lies above an edition; <see langword="null"/>: to be found from the target's path.
/// </param>
/// <param name="Warnings">What a user should know before the run.</param>
internal sealed record CheckedPushSettings(
    MirrorPushSettings Settings, RegistryAccess Target, string? BareRoot, ImmutableArray<Fault> Warnings);
