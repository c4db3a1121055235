using System.Diagnostics;

namespace Mirror.TestKit.Files;

/// <summary>Shell scripts that are run as programs.</summary>
public static class ProgramFile
{
    /// <summary>
    /// Writes a script that can be run. Another program puts it in its place: a file that this process has open for
    /// writing is shared by every program that it is just starting, and the system runs no such file (ETXTBSY).
    /// </summary>
    /// <returns>The path.</returns>
    public static string Write(string path, string script)
    {
        var text = path + ".text";
        File.WriteAllText(text, script);
        if (OperatingSystem.IsWindows())
        {
            File.Move(text, path, overwrite: true);
            return path;
        }

        using var install = Process.Start("install", ["-m", "700", text, path]);
        install.WaitForExit();
        if (install.ExitCode != 0)
        {
            throw new InvalidOperationException($"'install' could not write {path}: {install.ExitCode}.");
        }

        File.Delete(text);
        return path;
    }
}
