using System.Text;
using System.Text.RegularExpressions;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Report;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Report.Targets;

namespace Mirror.Engine.Flows.Runs;

/// <summary>The file of a report, in the form that its extension says.</summary>
internal static partial class ReportFile
{
    /// <summary>Stands for the verb in the setting.</summary>
    private const string VerbPlace = "{verb}";

    /// <summary>The verb of a record is within its first bytes, whatever its form.</summary>
    private const int HeadBytes = 16_384;

    public static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    public static bool IsPage(string path) => path.EndsWith(".html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of a verb's record.</summary>
    public static string? PathOf(string? file, MirrorVerb verb) =>
        file?.Replace(VerbPlace, VerbNames.Word(verb), StringComparison.Ordinal);

    /// <summary>Whether the check of settings has nothing against a path; a file is wanted.</summary>
    public static bool IsWellFormed(string? path) => !string.IsNullOrEmpty(path)
        && Path.IsPathFullyQualified(path) && !path.Contains('\0', StringComparison.Ordinal)
        && (IsJson(path) || IsPage(path) || path.EndsWith(".md", StringComparison.OrdinalIgnoreCase));

    /// <summary>What the file will hold of a run that got nowhere.</summary>
    public static string Render(string path, RunOutcome outcome) =>
        IsJson(path) ? ReportJson.Render(outcome)
        : IsPage(path) ? ReportHtml.Render(outcome)
        : ReportMarkdown.Render(outcome);

    public static string Render(string path, RunOutcome outcome, MirrorPlan plan, BundleChanges? changes) =>
        IsJson(path) ? ReportJson.Render(outcome, plan, changes)
        : IsPage(path) ? ReportHtml.Render(outcome, plan, changes)
        : ReportMarkdown.Render(outcome, plan, changes);

    public static string Render(string path, RunOutcome outcome, MirrorReport report) =>
        IsJson(path) ? ReportJson.Render(outcome, report)
        : IsPage(path) ? ReportHtml.Render(outcome, report)
        : ReportMarkdown.Render(outcome, report);

    /// <summary>A diff in JSON is a document by itself, without times: the same diff has the same bytes.</summary>
    public static string Render(string path, RunOutcome outcome, MirrorDiff diff) =>
        IsJson(path) ? DiffFile.Write(diff)
        : IsPage(path) ? DiffHtml.Render(outcome, diff)
        : DiffMarkdown.Render(outcome, diff);

    public static string Render(string path, RunOutcome outcome, GostRecord record) =>
        IsJson(path) ? ReportJson.Render(outcome, record)
        : IsPage(path) ? ReportHtml.Render(outcome, record)
        : ReportMarkdown.Render(outcome, record);

    public static string Render(string path, RunOutcome outcome, MirrorCheckResult result) =>
        IsJson(path) ? CheckJson.Render(outcome, result)
        : IsPage(path) ? CheckHtml.Render(outcome, result)
        : CheckMarkdown.Render(outcome, result);

    public static string Render(string path, RunOutcome outcome, MirrorInventory inventory) =>
        IsJson(path) ? CheckJson.Render(outcome, inventory)
        : IsPage(path) ? CheckHtml.Render(outcome, inventory)
        : CheckMarkdown.Render(outcome, inventory);

    /// <summary>
    /// Tries whether the file can be written, and deletes what an earlier run of the verb left there. The record of
    /// another verb stays: nobody who keeps it for an audit wants it replaced.
    /// </summary>
    /// <returns>D8M1030 or D8M1031; <see langword="null"/>: the file can be written.</returns>
    public static Fault? Prepare(IDisk disk, string path, MirrorVerb verb)
    {
        try
        {
            if (disk.DirectoryExists(path))
            {
                return NotWritable(SettingName.ReportFile, "ReportFile", path, "it is a folder");
            }

            if (disk.FileExists(path) && FindVerb(disk, path) is { } other && !IsOf(verb, other))
            {
                return OtherVerb(path, other, VerbNames.Word(verb));
            }

            WholeFile.Try(disk, path);
            disk.Delete(path);
            return null;
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            return NotWritable(SettingName.ReportFile, "ReportFile", path, exception.Message);
        }
    }

    /// <summary>What locking changes is recorded as a diff.</summary>
    private static bool IsOf(MirrorVerb verb, string recorded) => recorded == VerbNames.Word(verb)
        || (verb is MirrorVerb.Lock or MirrorVerb.LockCheck && recorded == VerbNames.Word(MirrorVerb.Diff));

    /// <summary>Writes the file, whole or not at all; an older one is replaced.</summary>
    /// <exception cref="MirrorException">D8M6001, D8M6004 or D8M6005.</exception>
    public static void Write(IDisk disk, string path, string content) =>
        WholeFile.Write(disk, path, Encoding.UTF8.GetBytes(content), "ReportFile");

    /// <summary>The fault of a file that every verb can leave behind.</summary>
    /// <param name="setting">What names the file, for the text.</param>
    /// <param name="member">The setting that can name another.</param>
    /// <param name="path">The file.</param>
    /// <param name="cause">Why it cannot be written.</param>
    public static Fault NotWritable(string setting, string member, string path, string cause) => new Fault(
        FaultCode.ReportNotWritable,
        $"{setting} is {QuotedText.Quote(path)}, which cannot be written: "
            + $"{cause.ReplaceLineEndings(" ").TrimEnd('.')}.",
        "Name a file in a folder that this user can write to.")
    {
        Settings = [new SettingReference(member, path)],
    };

    private static Fault OtherVerb(string path, string other, string verb) => new Fault(
        FaultCode.ReportOfOtherVerb,
        $"{SettingName.ReportFile} is {QuotedText.Quote(path)}, which holds the record of a {other} run; "
            + $"a {verb} run does not replace it.",
        $"Put {VerbPlace} into the name, such as report.{VerbPlace}.html, or delete the file.").WithValue(path);

    private static string? FindVerb(IDisk disk, string path)
    {
        using IDiskFile file = disk.OpenRead(path);
        byte[] head = new byte[HeadBytes];
        Match match = VerbInRecord().Match(Encoding.UTF8.GetString(head, 0, file.Read(head, 0)));
        return match.Success ? match.Groups["verb"].Value : null;
    }

    // As the three forms write it: JSON, Markdown, page. The format of a diff says its verb.
    [GeneratedRegex(
        @"(\A\{\s+""format"": ""(deckhouse-mirror-[a-z]+/\d+"",\s+""verb"": ""|deckhouse-mirror/(?=diff/))"
            + "|^- Verb: |<dt>Verb</dt><dd>)"
            + "(?<verb>[a-z-]+)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000)]
    private static partial Regex VerbInRecord();
}
