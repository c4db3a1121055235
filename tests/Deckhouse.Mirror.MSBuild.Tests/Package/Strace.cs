using System.Globalization;
using System.Text.RegularExpressions;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>Counts the bytes a program and its children write, as the kernel sees them.</summary>
internal static partial class Strace
{
    private const string Calls =
        "trace=write,writev,pwrite64,pwritev,pwritev2,copy_file_range,sendfile";

    /// <summary>The wrapper for a program; each thread gets a file, so that no call is cut in two by another.</summary>
    /// <param name="program">The path of strace.</param>
    /// <param name="files">Where its files go: a path, to which a point and the thread are appended.</param>
    public static IReadOnlyList<string> Wrapper(string program, string files) =>
        [program, "-ff", "--seccomp-bpf", "-qq", "-y", "-s", "0", "-e", Calls, "-o", files];

    /// <summary>The bytes written by path, of files below a folder.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> WrittenAsync(string files, string below)
    {
        Dictionary<string, long> written = new(StringComparer.Ordinal);
        string folder = Path.GetDirectoryName(files)!;
        foreach (string file in Directory.EnumerateFiles(folder, Path.GetFileName(files) + ".*"))
        {
            await foreach (string line in File.ReadLinesAsync(file))
            {
                if (Call().Match(line) is { Success: true } call && PathOf(call).StartsWith(below, StringComparison.Ordinal))
                {
                    long bytes = long.Parse(call.Groups["bytes"].Value, CultureInfo.InvariantCulture);
                    written[PathOf(call)] = written.GetValueOrDefault(PathOf(call)) + bytes;
                }
            }
        }

        return written;
    }

    private static string PathOf(Match call) => call.Groups["path"].Value;

    // copy_file_range names its target third; the others name it first.
    [GeneratedRegex(
        @"^(copy_file_range\(\d+<[^>]*>, [^,]*, |[a-z0-9]+\()\d+<(?<path>[^>]*)>.* = (?<bytes>\d+)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Call();
}
