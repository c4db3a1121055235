namespace Mirror.Engine.Tests.Settings;

/// <summary>Finds files of the working copy that the tests run in.</summary>
internal static class RepositoryFile
{
    public static string Path(string relative)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Mirror.slnx")))
        {
            folder = folder.Parent;
        }

        return folder is null
            ? throw new DirectoryNotFoundException("Mirror.slnx was not found above the tests.")
            : System.IO.Path.Combine(folder.FullName, relative);
    }
}
