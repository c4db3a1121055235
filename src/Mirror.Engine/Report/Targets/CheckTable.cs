namespace Mirror.Engine.Report.Targets;

/// <summary>A check as a table of registry and archive: one row for each archive of each target.</summary>
internal static class CheckTable
{
    public static ImmutableArray<string> Columns { get; } =
        ["Registry", "Archive", "#There", "#Missing", "#Different", "#Damaged", "#Extra"];

    public static IEnumerable<ImmutableArray<string>> Rows(MirrorCheckResult result) =>
        result.Targets.SelectMany(target => target.Faults.IsEmpty
            ? target.Repositories.GroupBy(repository => repository.Archive, StringComparer.Ordinal)
                .Select(archive => Row(target, archive.Key, [.. archive]))
            : [[target.Target, $"not checked, {target.Faults[0].Code}", "", "", "", "", ""]]);

    /// <summary>Whether a row tells of something that is not as it should be.</summary>
    public static bool IsBad(ImmutableArray<string> row) => row[3..6].Any(count => count != "0");

    /// <summary>How many targets are whole, for people.</summary>
    public static string Verdict(MirrorCheckResult result)
    {
        int whole = result.Targets.Count(target => target.IsWhole);
        return result.Targets is [var only]
            ? only.IsWhole ? "The target is whole." : "The target is not whole."
            : $"{whole} of {result.Targets.Length} targets are whole.";
    }

    private static ImmutableArray<string> Row(CheckedTarget target, string archive, CheckedRepository[] repositories) =>
    [
        target.Target,
        archive,
        $"{repositories.Sum(repository => repository.There)}",
        $"{repositories.Sum(repository => repository.Missing)}",
        $"{repositories.Sum(repository => repository.Different)}",
        $"{repositories.Sum(repository => repository.Damaged)}",
        repositories.Any(repository => repository.Extra is null)
            ? "not listed"
            : $"{repositories.Sum(repository => repository.Extra)}",
    ];
}
