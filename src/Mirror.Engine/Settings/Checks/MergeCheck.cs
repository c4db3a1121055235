using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

internal static class MergeCheck
{
    public static MirrorMergeSettings Collect(MirrorMergeSettings settings, SettingsFaults faults)
    {
        FileCheck.CheckRecords(settings, faults);
        FileCheck.CheckPath("LockFile", settings.LockFile, faults);
        ImmutableArray<string> folders = [.. settings.MergeFrom.OrEmpty().Distinct(StringComparer.Ordinal)];
        if (folders.IsEmpty)
        {
            faults.Add("MergeFrom", SettingFault.Missing(
                SettingName.Mark("MergeFrom"), "Name the folder of the delta, and those of the bundles before it."));
        }

        foreach (string folder in folders)
        {
            FileCheck.CheckPath("MergeFrom", string.IsNullOrWhiteSpace(folder) ? "?" : folder, faults);
        }

        if (string.IsNullOrWhiteSpace(settings.BundleDirectory))
        {
            faults.Add("BundleDirectory", SettingFault.Missing(
                SettingName.BundleDirectory, "Set it to the folder that the full bundle shall be written to."));
        }
        else
        {
            FileCheck.CheckPath("BundleDirectory", settings.BundleDirectory, faults);
            RefuseOwnFolder(settings.BundleDirectory, folders, faults);
        }

        return settings with { MergeFrom = folders };
    }

    private static void RefuseOwnFolder(string directory, ImmutableArray<string> folders, SettingsFaults faults)
    {
        string target = Path.TrimEndingDirectorySeparator(directory);
        if (folders.FirstOrDefault(folder => Path.TrimEndingDirectorySeparator(folder) == target) is { } same)
        {
            faults.Add("BundleDirectory", new Fault(
                FaultCode.SettingsConflict,
                $"{SettingName.BundleDirectory} is {QuotedText.Quote(same)}, which {SettingName.Mark("MergeFrom")} "
                    + "names as well.",
                "Write the full bundle into a folder of its own; what it is made of is only read."));
        }
    }
}
