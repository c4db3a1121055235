using Mirror.Engine.Errors;

namespace Mirror.Engine.Settings.Checks;

/// <summary>
/// What a bundle of the form <see cref="BundleFormat.Legacy025"/> can hold: d8 0.25.2 knew no more. What is there by
/// default is left out; what somebody asked for is refused (D8M1022).
/// </summary>
internal static class LegacyCheck
{
    /// <summary>The components that the form has.</summary>
    public const MirrorComponents Parts =
        MirrorComponents.Platform | MirrorComponents.SecurityDb | MirrorComponents.Modules;

    public static void Run(MirrorPullSettings settings, SettingsFaults faults)
    {
        if (settings.BundleFormat != BundleFormat.Legacy025)
        {
            return;
        }

        Refuse("IncludePackages", "packages", !settings.IncludePackages.IsDefaultOrEmpty);
        Refuse("IncludePlugins", "CLI plugins", !settings.IncludePlugins.IsDefaultOrEmpty);
        Refuse("InstallerTag", "an installer", settings.InstallerTag != MirrorPullSettings.LatestInstaller);
        Refuse("DeckhouseCliTag", "the Deckhouse CLI", !string.IsNullOrEmpty(settings.DeckhouseCliTag));
        Refuse(
            "Components",
            $"{settings.Components}, and nothing else",
            settings.Components != MirrorComponents.None && (settings.Components & Parts) == MirrorComponents.None);

        void Refuse(string member, string part, bool isAsked)
        {
            if (isAsked)
            {
                faults.Add(member, new Fault(
                    FaultCode.PartNotInLegacyForm,
                    $"{SettingName.Mark(member)} asks for {part}, which a bundle of the form "
                        + $"{nameof(BundleFormat.Legacy025)} cannot hold.",
                    $"Remove it, or set {SettingName.BundleFormat} to "
                        + $"{nameof(BundleFormat.PathPreserving)}."));
            }
        }
    }
}
