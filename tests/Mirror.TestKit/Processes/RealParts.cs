namespace Mirror.TestKit.Processes;

/// <summary>
/// Programs of the machine that some tests check against. Absent ones are skipped by name, unless the environment says
/// <c>MIRROR_REAL_PARTS=required</c>; <c>MIRROR_REAL_PARTS=none</c> leaves them out even where they are installed. The
/// tests decide how to say so, the kit knows no test framework.
/// </summary>
public static class RealParts
{
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"];

    /// <summary>Whether an absent part is a failure.</summary>
    public static bool AreRequired => Choice == "required";

    /// <summary>Whether no part is to be used.</summary>
    public static bool AreLeftOut => Choice == "none";

    private static string? Choice => Environment.GetEnvironmentVariable("MIRROR_REAL_PARTS");

    /// <summary>The full path of a program, null when it is not installed.</summary>
    public static string? Find(string name)
    {
        var search = Environment.GetEnvironmentVariable("PATH") ?? "";
        return search.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(SystemFolders)
            .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") })
            .FirstOrDefault(File.Exists);
    }
}
