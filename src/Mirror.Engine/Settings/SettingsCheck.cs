using System.Collections.Immutable;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Settings;

/// <summary>Checks settings whole, before a run touches anything. Neither disk nor network is asked.</summary>
internal static class SettingsCheck
{
    /// <summary>Checks the settings of a pull and completes them.</summary>
    /// <exception cref="MirrorException">Everything that is wrong, at once.</exception>
    public static CheckedPullSettings Check(MirrorPullSettings settings, RunEnvironment environment)
    {
        SettingsFaults faults = new();
        CheckedPullSettings result = Collect(settings, environment, faults);
        faults.ThrowIfAny();
        return result;
    }

    /// <summary>As <see cref="Check"/>, but leaves the faults to the caller; with any, the result is useless.</summary>
    public static CheckedPullSettings Collect(
        MirrorPullSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        foreach (UnavailableSetting setting in UnavailableSettings.All.Where(setting => setting.IsUsed(settings)))
        {
            faults.GiveUp(setting.Member, SettingFault.Unavailable(setting.Label, setting.Advice));
        }

        ConnectionCheck connection = new(settings, environment, faults);
        RegistryEndpoint endpoint = settings.Source ?? new RegistryEndpoint("");
        RegistryAccess source = connection.CheckEnd(EndNames.Source, endpoint, settings.LicenseToken);
        connection.CheckShared();
        string? tmpDirectory = CheckFolders(settings, connection, faults);
        MirrorPullSettings settled = SelectionCheck.Run(settings, faults) with
        {
            TmpDirectory = tmpDirectory,
            Transfer = source.Transfer,
            AllowedRealms = source.AllowedRealms,
            LicenseToken = null,
            Credential = null,
            Source = endpoint with { Credential = null, CredentialNames = new CredentialNames() },
        };
        return new CheckedPullSettings(settled, source, faults.Warnings);
    }

    private static string? CheckFolders(
        MirrorPullSettings settings, ConnectionCheck connection, SettingsFaults faults)
    {
        if (string.IsNullOrWhiteSpace(settings.BundleDirectory))
        {
            faults.Add("BundleDirectory", SettingFault.Missing(
                SettingsTable.Label("BundleDirectory"), "Set it to the folder the bundle shall be written to."));
        }
        else
        {
            connection.CheckPath("BundleDirectory", settings.BundleDirectory);
        }

        connection.CheckPath("TmpDirectory", settings.TmpDirectory);
        if (settings.BundleChunkSize < 0)
        {
            faults.Add("BundleChunkSize", SettingFault.OutOfRange(
                SettingsTable.Label("BundleChunkSize"), $"{settings.BundleChunkSize}", "0 or more bytes"));
        }

        return string.IsNullOrEmpty(settings.TmpDirectory)
            ? Path.Join(settings.BundleDirectory, ".tmp")
            : settings.TmpDirectory;
    }
}
