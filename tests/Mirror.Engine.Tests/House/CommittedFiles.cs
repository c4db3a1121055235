using System.Text;

namespace Mirror.Engine.Tests.House;

/// <summary>Whether a file of some name is committed, read without git from git's own index.</summary>
internal static class CommittedFiles
{
    /// <summary>The text of git's index, which holds every committed path; null outside a git checkout.</summary>
    public static string? ReadIndex(string root)
    {
        var git = Path.Combine(root, ".git");
        if (File.Exists(git))
        {
            // A worktree's .git is a file that points to its own folder.
            git = Path.GetFullPath(File.ReadAllText(git).Trim()["gitdir: ".Length..], root);
        }

        var index = Path.Combine(git, "index");
        return File.Exists(index) ? Encoding.Latin1.GetString(File.ReadAllBytes(index)) : null;
    }

    public static bool Any(string? index, IEnumerable<string> files, string name) => index is null
        ? files.Any(file => Path.GetFileName(file).Equals(name, StringComparison.OrdinalIgnoreCase))
        : index.Contains(name + '\0', StringComparison.OrdinalIgnoreCase);
}
