namespace Mirror.Engine.Tests.House;

/// <summary>The checkout that the tests were built from, found by walking up to the solution.</summary>
internal static class RepositoryTree
{
    private static readonly string[] s_outputFolders = ["bin", "obj", "artifacts", "tools", ".git"];

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Files with one of the extensions below the folder, relative to the root; no build outputs.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions)
    {
        var top = new DirectoryInfo(PathOf(folder));
        return top.Exists ? Walk(top).Where(file => extensions.Contains(Path.GetExtension(file))) : [];
    }

    public static IEnumerable<string> AllFiles() => Walk(new DirectoryInfo(Root));

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            yield return Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
        }

        foreach (var inner in folder.EnumerateDirectories().Where(inner => !s_outputFolders.Contains(inner.Name)))
        {
            foreach (var file in Walk(inner))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mirror.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"Mirror.slnx was not found above {start}.");
    }
}
