namespace Cake.DeckhouseMirror.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Mirror.slnx")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
