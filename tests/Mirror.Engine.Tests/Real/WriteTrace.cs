using System.Text.RegularExpressions;

namespace Mirror.Engine.Tests.Real;

/// <summary>Bytes written by file, out of what <c>strace -f -y</c> saw; interrupted calls are joined.</summary>
internal static partial class WriteTrace
{
    /// <summary>The arguments of strace that make such a trace.</summary>
    public static IReadOnlyList<string> Arguments(string strace, string output) =>
        [strace, "-f", "-y", "-s", "0", "-e", "trace=write,writev,pwrite64,pwritev,pwritev2,copy_file_range,sendfile",
            "-o", output];

    public static Dictionary<string, long> Read(string path)
    {
        Dictionary<string, string> unfinished = [];
        Dictionary<string, long> written = [];
        foreach (string line in File.ReadLines(path))
        {
            string thread = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            Match target = TargetPattern().Match(line);
            if (line.Contains("<unfinished ...>", StringComparison.Ordinal))
            {
                unfinished[thread] = target.Groups["path"].Value;
                continue;
            }

            string file = target.Success ? target.Groups["path"].Value : unfinished.GetValueOrDefault(thread, "");
            Match result = ResultPattern().Match(line);
            if (file.StartsWith('/') && result.Success)
            {
                written[file] = written.GetValueOrDefault(file) + long.Parse(result.Groups["bytes"].Value);
            }
        }

        return written;
    }

    [GeneratedRegex(@"^\d+ +\w+\(\d+<(?<path>[^>]*)>", RegexOptions.NonBacktracking)]
    private static partial Regex TargetPattern();

    [GeneratedRegex(@"\) += (?<bytes>\d+)$", RegexOptions.NonBacktracking)]
    private static partial Regex ResultPattern();
}
