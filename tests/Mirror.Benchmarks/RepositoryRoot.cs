namespace Mirror.Benchmarks;

/// <summary>Where the repository is: the folder of the solution above this program.</summary>
internal static class RepositoryRoot
{
    /// <summary>The full path.</summary>
    public static string Path { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new BenchFailureException("The benchmark runs inside the repository only.")
        : File.Exists(System.IO.Path.Combine(folder.FullName, "Mirror.slnx")) ? folder.FullName
        : Find(folder.Parent);
}
