using System.Text.RegularExpressions;

namespace Mirror.Engine.Tests.Real;

/// <summary>Writes, flushes, renames and deletions in the order in which <c>strace -f -y</c> saw them.</summary>
internal static partial class SystemCallTrace
{
    /// <summary>Long enough for every line of a journal.</summary>
    private const int KeptText = 400;

    /// <summary>The arguments of strace that make such a trace.</summary>
    public static IReadOnlyList<string> Arguments(string strace, string output) =>
    [
        strace, "-f", "-y", "-qq", "-s", $"{KeptText}", "-e",
        "trace=write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat",
        "-e", "signal=none", "-o", output,
    ];

    /// <summary>Reads a trace; calls that were interrupted by others are joined, failed ones are left out.</summary>
    public static IReadOnlyList<SystemCall> Read(IEnumerable<string> lines)
    {
        Dictionary<string, (string Call, int Begin)> unfinished = [];
        List<SystemCall> calls = [];
        foreach ((int number, string line) in lines.Index())
        {
            if (LinePattern().Match(line) is not { Success: true } match)
            {
                continue;
            }

            string thread = match.Groups["thread"].Value;
            string rest = match.Groups["rest"].Value;
            int begin = number;
            if (rest.EndsWith(" <unfinished ...>", StringComparison.Ordinal))
            {
                unfinished[thread] = (rest[..^" <unfinished ...>".Length], number);
                continue;
            }

            if (ResumedPattern().Match(rest) is { Success: true } resumed
                && unfinished.Remove(thread, out (string Call, int Begin) first))
            {
                (rest, begin) = (first.Call + resumed.Groups["rest"].Value, first.Begin);
            }

            if (Parse(rest, begin, number) is { } call)
            {
                calls.Add(call);
            }
        }

        return [.. calls.OrderBy(call => call.Begin)];
    }

    private static SystemCall? Parse(string text, int begin, int end)
    {
        if (CallPattern().Match(text) is not { Success: true } call
            || !long.TryParse(call.Groups["result"].Value, out long result) || result < 0)
        {
            return null;
        }

        string name = call.Groups["name"].Value;
        string arguments = call.Groups["arguments"].Value;
        string[] texts = [.. TextPattern().Matches(arguments).Select(found => Plain(found.Groups["text"].Value))];
        string open = OpenFilePattern().Match(arguments).Groups["path"].Value;
        SystemCall of = new(name, open, "", "", -1, 0, begin, end);
        return of switch
        {
            { IsWrite: true } => of with
            {
                Text = texts.Length == 1 ? texts[0] : "",
                Offset = name == "pwrite64" ? long.Parse(arguments[(arguments.LastIndexOf(' ') + 1)..]) : -1,
                Length = result,
            },
            { IsRename: true } => of with { Path = texts[0], NewPath = texts[1] },
            { IsDeletion: true } => of with { Path = texts[0] },
            _ => of,
        };
    }

    private static string Plain(string text) => text
        .Replace("\\n", "\n", StringComparison.Ordinal)
        .Replace("\\\"", "\"", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<thread>\d+) +(?<rest>.*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LinePattern();

    [GeneratedRegex(
        @"^<\.\.\. \w+ resumed>(?<rest>.*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ResumedPattern();

    [GeneratedRegex(
        @"^(?<name>\w+)\((?<arguments>.*)\) += (?<result>-?\d+)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CallPattern();

    [GeneratedRegex(@"^\d+<(?<path>[^>]*)>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OpenFilePattern();

    [GeneratedRegex(
        """
        "(?<text>([^"\\]|\\.)*)"
        """,
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TextPattern();
}
