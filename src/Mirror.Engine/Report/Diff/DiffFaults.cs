using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Report.Diff;

/// <summary>Why two states cannot be compared (D8M4201), or are not what was approved (D8M4202, D8M4203).</summary>
internal static class DiffFaults
{
    /// <summary>How many tags a fault names.</summary>
    private const int Shown = 5;

    private const string Review =
        "Compare again and have the result approved, or lock what was approved (docs/lock.md).";

    public static Fault OtherSource(DiffSide from, string first, DiffSide to, string second) => new(
        FaultCode.SidesNotComparable,
        $"The {from.Kind} {QuotedText.Quote(from.Name)} is of {first}, the {to.Kind} {QuotedText.Quote(to.Name)} is of "
            + $"{second}.",
        "Compare two states of the same source.");

    /// <summary>A side that was read says what cannot be.</summary>
    public static Fault Unreadable(string kind, string name, string why) => new(
        FaultCode.SidesNotComparable,
        $"The {kind} {QuotedText.Quote(name)} cannot be compared: {why.TrimEnd('.')}.",
        "Compare with a state that this tool has written whole, or make it again.");

    /// <summary>A file that a setting names is none of those that are read.</summary>
    public static Fault UnreadableFile(string path, string member, string why) => new Fault(
        FaultCode.SidesNotComparable,
        $"{SettingName.Mark(member)} is {QuotedText.Quote(path)}, which cannot be read: {why.TrimEnd('.')}.",
        "Name a file that this tool has written, as it was written.").WithValue(path);

    /// <summary>There is nothing at a path.</summary>
    public static Fault Missing(string path, string member, IEnumerable<string> neighbours) => new Fault(
        FaultCode.SidesNotComparable,
        $"{SettingName.Mark(member)} is {QuotedText.Quote(path)}, but there is neither a file nor a folder.",
        NearestNames.Ask(Path.GetFileName(path), neighbours)
            + "Name a file or folder that is there.").WithValue(path);

    /// <summary>The target stands neither for what the review saw nor for what it approved.</summary>
    public static Fault TargetChanged(string target, IReadOnlyList<string> tags) => new(
        FaultCode.TargetChanged,
        $"{target} is not as it was reviewed: {List(tags)}.",
        $"Somebody else has pushed since. {Review}");

    /// <summary>What is to be pulled or pushed is another state.</summary>
    public static Fault OtherState(string what, string state, string approved, IReadOnlyList<string> tags) => new(
        FaultCode.NotAsReviewed,
        $"{what} is the state {StateId.Short(state)}, but {StateId.Short(approved)} was approved"
            + (tags.Count == 0 ? "." : $": {List(tags)}."),
        Review);

    /// <summary>Two states have another diff than the one whose id was approved.</summary>
    public static Fault OtherDiff(string what, string id, string approved) => new(
        FaultCode.NotAsReviewed,
        $"{what} has the id {StateId.Short(id)}, but {StateId.Short(approved)} was approved.",
        $"One of the two states has changed since. {Review} The file of a diff says more than its id.");

    private static string List(IReadOnlyList<string> tags) => string.Join("; ", tags.Take(Shown))
        + (tags.Count > Shown ? $"; and {tags.Count - Shown} more" : "");
}
