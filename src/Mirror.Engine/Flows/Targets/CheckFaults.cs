using Mirror.Engine.Errors;

namespace Mirror.Engine.Flows.Targets;

/// <summary>What a check tells of a target: one fault for each kind of finding, with the first of its tags.</summary>
internal static class CheckFaults
{
    private const int Shown = 5;

    public static IEnumerable<Fault> Find(CheckedTarget target)
    {
        foreach (IGrouping<CheckFindingKind, CheckFinding> kind in target.Findings
            .GroupBy(finding => finding.Kind).OrderBy(group => group.Key))
        {
            int count = target.Repositories.Sum(repository => kind.Key switch
            {
                CheckFindingKind.Missing => repository.Missing,
                CheckFindingKind.Different => repository.Different,
                _ => repository.Damaged,
            });
            yield return Tell(target.Target, kind.Key, count, [.. kind.Take(Shown)]);
        }
    }

    /// <summary>Why one of several targets could not be checked.</summary>
    public static Fault At(string target, Fault fault) => fault.Message.Contains(target, StringComparison.Ordinal)
        ? fault
        : fault with { Message = $"{target}: {fault.QuotableMessage}" };

    public static Fault HasMore(string target, int count) => new(
        FaultCode.TargetHasMore,
        $"{target} has {ItemCount.Format(count, "tags")} in the repositories of this check that nothing names.",
        "Leave them if they belong to earlier bundles: a push deletes nothing. The report counts them by repository.");

    public static Fault Damaged(string target, CheckFinding[] findings) =>
        Tell(target, CheckFindingKind.Damaged, findings.Length, [.. findings.Take(Shown)]);

    private static Fault Tell(string target, CheckFindingKind kind, int count, CheckFinding[] shown)
    {
        string rest = count > shown.Length ? $"; and {count - shown.Length} more" : "";
        return kind switch
        {
            CheckFindingKind.Missing => new Fault(
                FaultCode.TargetImageMissing,
                $"{target} lacks {ItemCount.Format(count, "images")}: "
                    + $"{string.Join(", ", shown.Select(finding => finding.Reference))}{rest}.",
                "Push the bundle again: what is there is not sent again."),
            CheckFindingKind.Different => new Fault(
                FaultCode.TargetImageDiffers,
                $"{target} has another image under {ItemCount.Format(count, "tags")}: "
                    + string.Join("; ", shown.Select(finding =>
                        $"{finding.Reference} is {finding.Found}, not {finding.Digest}")) + $"{rest}.",
                "If the target is to have exactly this state, push its bundle again; if it was updated since, check it "
                    + "against the newer state."),
            _ => new Fault(
                FaultCode.TargetImageDamaged,
                $"{target} has {ItemCount.Format(count, "images")} without all of their content: "
                    + string.Join("; ", shown.Select(finding => $"{finding.Reference}: {First(finding)}"))
                    + $"{rest}.",
                "Delete these images at the target, then push the full bundle again: a push trusts a tag that stands "
                    + "for the right image."),
        };
    }

    private static string First(CheckFinding finding) => finding.Content.Length == 1
        ? finding.Content[0]
        : $"{finding.Content[0]} and {finding.Content.Length - 1} more";
}
