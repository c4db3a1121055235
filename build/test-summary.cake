#load "test-times.cake"

// Runs the tests and keeps what the runner says about them: nothing here counts tests by itself.

void RunTests(FilePath solution, string configuration, DirectoryPath artifacts, bool fast)
{
    var summaryFile = artifacts.CombineWithFilePath("test-summary.txt");
    var results = artifacts.Combine("test-results");
    CleanDirectory(results);
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

    var leftOut = fast ? SlowTests() : [];
    try
    {
        DotNetTest(solution.FullPath, new()
        {
            PathType = DotNetTestPathType.Solution,
            Configuration = configuration,
            NoBuild = true,
            ResultsDirectory = results,
            // All projects at once: those that run builds wait a lot, and the engine's tests fill the time.
            ArgumentCustomization = arguments => leftOut.Aggregate(
                arguments.Append("--max-parallel-test-modules").Append("3").Append("--report-xunit-xml"),
                (all, slow) => all.Append("--filter-not-class").AppendQuoted(slow.Classes)),
            EnvironmentVariables = fast
                ? new Dictionary<string, string> { ["MIRROR_REAL_PARTS"] = "none" }
                : new Dictionary<string, string>(),
            SetupProcessSettings = process => process
                .SetRedirectStandardOutput(true)
                .SetRedirectedStandardOutputHandler(Keep),
        });
    }
    finally
    {
        PrintTestTimes(results, artifacts.CombineWithFilePath("test-times.txt"));
        KeepFailedTests(results, artifacts.CombineWithFilePath("test-failures.txt"));
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

// What slow-tests.txt lists: a class or a namespace with a * at its end, and why it is slow.
List<(string Classes, string Reason)> SlowTests() => System.IO.File
    .ReadLines("slow-tests.txt")
    .Where(line => line.Length > 0 && line[0] != '#')
    .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
    .Select(parts => (parts[0], parts[1]))
    .ToList();
