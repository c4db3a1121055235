// Runs the tests and keeps what the runner says about them: nothing here counts tests by itself.

void RunTests(FilePath solution, string configuration, FilePath summaryFile)
{
    EnsureDirectoryExists(summaryFile.GetDirectory());
    DeleteFiles(summaryFile.FullPath);
    var output = new List<string>();
    string Keep(string line)
    {
        lock (output)
        {
            output.Add(line ?? "");
            Console.WriteLine(line);
        }

        return line;
    }

    try
    {
        DotNetTest(solution.FullPath, new()
        {
            PathType = DotNetTestPathType.Solution,
            Configuration = configuration,
            NoBuild = true,
            SetupProcessSettings = process => process
                .SetRedirectStandardOutput(true)
                .SetRedirectedStandardOutputHandler(Keep),
        });
    }
    finally
    {
        var summary = RunnerSummary(output);
        System.IO.File.WriteAllText(summaryFile.FullPath, summary);
    }
}

// The lines "total: 12", "failed: 0", ... that the runner prints below "Test run summary", on one line.
string RunnerSummary(IEnumerable<string> output)
{
    var counts = output
        .SkipWhile(line => !line.TrimStart().StartsWith("Test run summary", StringComparison.Ordinal))
        .Select(line => System.Text.RegularExpressions.Regex.Match(
            line, @"^\s*(total|error|failed|succeeded|skipped|duration): (.+?)\s*$"))
        .Where(match => match.Success)
        .Select(match => $"{match.Groups[1].Value}: {match.Groups[2].Value}");
    return string.Join(", ", counts) + "\n";
}
