using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// Compares what will be written with what is free, before the first byte. What a forced run replaces still lies there
/// until the commit, so it is simply not free.
/// </summary>
internal static class SpaceCheck
{
    private const int NamedArchives = 3;

    /// <summary>Throws D8M6001 when something does not fit.</summary>
    public static void Demand(
        IDisk disk, string directory, long bytes, IReadOnlyCollection<ArchiveLayout> archives)
    {
        DiskSpace space = SpaceAt(disk, directory);
        if (bytes > space.FreeBytes)
        {
            throw new MirrorException(new Fault(
                FaultCode.DiskFull,
                $"The volume '{space.Volume}' of '{directory}' lacks {Bytes(bytes - space.FreeBytes)}: "
                    + $"{Bytes(bytes)} are needed, {Bytes(space.FreeBytes)} are free.",
                $"Free that much, set {SettingName.BundleDirectory} to a folder on another volume, or leave "
                    + $"something out: {WhatToLeaveOut(archives)}."));
        }
    }

    /// <summary>Whether there is room for something that a run can do without.</summary>
    public static bool HasRoom(IDisk disk, string directory, long bytes) =>
        bytes <= SpaceAt(disk, directory).FreeBytes;

    private static DiskSpace SpaceAt(IDisk disk, string directory) =>
        DiskFaults.Guard(directory, "asked for its free space", () => disk.SpaceAt(directory));

    private static string WhatToLeaveOut(IEnumerable<ArchiveLayout> archives) => string.Join(
        "; ",
        archives.OrderByDescending(archive => archive.Length)
            .ThenBy(archive => archive.Name, StringComparer.Ordinal)
            .Take(NamedArchives)
            .Select(archive => $"{archive.Name} ({ByteCount.Format(archive.Length)}) with {SettingFor(archive.Name)}"));

    /// <summary>The setting that leaves an archive out (docs/settings.md).</summary>
    private static string SettingFor(string archive)
    {
        string name = Path.GetFileNameWithoutExtension(archive);
        return name switch
        {
            "platform" => SettingName.Without("Platform"),
            "security" => SettingName.Without("SecurityDb"),
            "installer" => SettingName.Without("Installer"),
            "deckhouse-cli" => SettingName.Without("DeckhouseCli"),
            "package-versions" => SettingName.Without("Packages"),
            _ when name.StartsWith("module-", StringComparison.Ordinal) =>
                Exclude("Module", name["module-".Length..]),
            _ when name.StartsWith("package-", StringComparison.Ordinal) =>
                Exclude("Package", name["package-".Length..]),
            _ when name.StartsWith("plugin-", StringComparison.Ordinal) =>
                $"{SettingName.Without("Plugins")}, or without its rule in {SettingName.IncludePlugins} if that is set",
            _ => "a narrower selection",
        };
    }

    // Where modules are included, excludes have no effect.
    private static string Exclude(string kind, string name) =>
        $"{name} in {SettingName.Mark($"Exclude{kind}s")}, or without its rule in "
            + $"{SettingName.Mark($"Include{kind}s")} if that is set";

    private static string Bytes(long bytes) =>
        bytes < 1000 ? $"{bytes} bytes" : $"{bytes} bytes ({ByteCount.Format(bytes)})";
}
