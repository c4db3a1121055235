using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Mirror.Engine.Report;

/// <summary>
/// Plans and reports as JSON; the members are described in docs/report.md, and by the schemas in docs/schemas.
/// </summary>
[JsonSerializable(typeof(OutcomeDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(ReportDocument))]
[JsonSerializable(typeof(GostDocument))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    private static readonly ReportJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The record of a run that has no more to tell than how it ended.</summary>
    public static string Render(RunOutcome outcome) => Write(Head(outcome));

    public static string Render(RunOutcome outcome, MirrorPlan plan, BundleChanges? changes) =>
        Write(Head(outcome), Plan(plan, changes), Json.PlanDocument);

    public static string Render(RunOutcome outcome, MirrorReport report)
    {
        bool isPush = report.Verb is MirrorVerb.Push or MirrorVerb.Sync;
        return Write(
            Head(outcome),
            new ReportDocument(
                report.Requests,
                report.TransferredBytes,
                report.Files.Select(file => new ListedFile(file.Name, file.Bytes, file.Images, file.GostDigest)),
                report.BelievedArchives,
                OfPush(report.SentBlobs),
                OfPush(report.MountedBlobs),
                OfPush(report.MountedBytes),
                OfPush(report.AlreadyThereBlobs),
                OfPush(report.AlreadyThereBytes),
                isPush ? report.Repositories : null,
                Faults(report.Warnings),
                Changes(report.Changes),
                Plan(report.Plan)),
            Json.ReportDocument);

        T? OfPush<T>(T value)
            where T : struct => isPush ? value : null;
    }

    public static string Render(RunOutcome outcome, GostRecord record) => Write(
        Head(outcome),
        new GostDocument(
            "GOST R 34.11-2012, 256 bits",
            record.Kernel,
            record.Files.Select(file => new ListedSum(
                file.Name, file.Bytes, file.Result, file.Code, file.Expected, file.Actual))),
        Json.GostDocument);

    /// <summary>
    /// What every record begins with; <c>verb</c> is where the next run finds whose file it is.
    /// </summary>
    private static JsonObject Head(RunOutcome outcome) => ObjectOf(
        new OutcomeDocument(
            outcome.Verb switch
            {
                MirrorVerb.Plan or MirrorVerb.Lock or MirrorVerb.LockCheck => "deckhouse-mirror-plan/1",
                MirrorVerb.VerifyGostDigest => "deckhouse-mirror-gost/1",
                MirrorVerb.Check or MirrorVerb.Inventory => "deckhouse-mirror-check/1",
                _ => "deckhouse-mirror-report/1",
            },
            VerbNames.Word(outcome.Verb),
            outcome.ResultWord,
            outcome.Started.UtcDateTime,
            outcome.Finished.UtcDateTime,
            Math.Round((outcome.Finished - outcome.Started).TotalSeconds, 3),
            outcome.Version,
            Faults(outcome.Faults),
            outcome.Result == RunResult.Succeeded ? null : Faults(outcome.Warnings)),
        Json.OutcomeDocument);

    /// <summary>A record whose other members are those of a document.</summary>
    public static string RenderDocument<T>(RunOutcome outcome, T document, JsonTypeInfo<T> type) =>
        Write(Head(outcome), document, type);

    public static IEnumerable<ListedFault> Faults(IEnumerable<Fault> faults) =>
        faults.Select(fault => new ListedFault(
            fault.Code,
            fault.Message,
            fault.Advice,
            fault.Settings.IsEmpty
                ? null
                : fault.Settings.Select(setting => new ListedSetting(setting.Member, setting.Value))));

    private static JsonObject ObjectOf<T>(T document, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToNode(document, type)!.AsObject();

    private static string Write<T>(JsonObject head, T document, JsonTypeInfo<T> type)
    {
        JsonObject members = ObjectOf(document, type);
        foreach ((string name, JsonNode? value) in members.ToArray())
        {
            members.Remove(name);
            head.Add(name, value);
        }

        return Write(head);
    }

    private static string Write(JsonObject document) => document.ToJsonString(Json.Options) + "\n";

    private static PlanDocument Plan(MirrorPlan plan, BundleChanges? changes = null) => new(
        plan.Source,
        plan.Target,
        plan.ImageCount,
        plan.FileBytes,
        plan.DownloadBytes,
        plan.Requests,
        plan.Archives.Select(archive => new ListedArchive(
            archive.Name, archive.FileBytes, archive.Layouts.Select(layout => new ListedLayout(
                layout.Path, layout.Images.Select(image => new ListedImage(
                    image.Repository,
                    image.Tag,
                    image.Digest.ToString(),
                    image.MediaType,
                    image.TotalBytes,
                    image.Reason)))))),
        plan.Files.Select(file => new ListedFile(file.Name, file.Bytes)),
        Faults(plan.Notes),
        Changes(changes),
        plan.DeltaBase is { } deltaBase
            ? new ListedDelta(deltaBase, plan.OmittedBlobs, plan.OmittedBytes)
            : null);

    private static ListedChanges? Changes(BundleChanges? changes) => changes is null
        ? null
        : new ListedChanges(changes.Added.Select(Change), changes.Moved.Select(Change), changes.Gone.Select(Change));

    private static ListedChange Change(ChangedImage image) =>
        new(image.Archive, image.Path, image.Tag, image.Digest?.ToString(), image.Was?.ToString());

}

/// <summary>The first members of every record.</summary>
internal sealed record OutcomeDocument(
    string Format,
    string Verb,
    string Result,
    DateTime Started,
    DateTime Finished,
    double Seconds,
    string Tool,
    IEnumerable<ListedFault> Faults,
    IEnumerable<ListedFault>? Warnings);

/// <summary>A plan; inside a report without changes, which the report has itself.</summary>
internal sealed record PlanDocument(
    string Source,
    string? Target,
    int Images,
    long Bytes,
    long DownloadBytes,
    int PlanRequests,
    IEnumerable<ListedArchive> Archives,
    IEnumerable<ListedFile> Files,
    IEnumerable<ListedFault> Notes,
    ListedChanges? Changes,
    ListedDelta? Delta);

/// <summary>A report; what only a push has is null for other verbs, and then not written.</summary>
internal sealed record ReportDocument(
    int Requests,
    long TransferredBytes,
    IEnumerable<ListedFile> Files,
    IEnumerable<string> BelievedArchives,
    int? SentBlobs,
    int? MountedBlobs,
    long? MountedBytes,
    int? AlreadyThereBlobs,
    long? AlreadyThereBytes,
    IEnumerable<ReportedRepository>? Repositories,
    IEnumerable<ListedFault> Warnings,
    ListedChanges? Changes,
    PlanDocument Plan);

/// <summary>The record of a verification of GOST sums.</summary>
internal sealed record GostDocument(
    string Algorithm,
    string Kernel,
    IEnumerable<ListedSum> Files);

/// <summary>What a delta leaves out; null for a plan that is whole.</summary>
internal sealed record ListedDelta(string Base, int OmittedBlobs, long OmittedBytes);

internal sealed record ListedArchive(string Name, long Bytes, IEnumerable<ListedLayout> Layouts);

internal sealed record ListedLayout(string Path, IEnumerable<ListedImage> Images);

internal sealed record ListedImage(
    string Repository, string Tag, string Digest, string MediaType, long Bytes, string Reason);

internal sealed record ListedFile(string Name, long Bytes, int? Images = null, string? GostDigest = null);

internal sealed record ListedSum(
    string Name, long Bytes, string Result, string? Code, string? Expected, string? GostDigest);

internal sealed record ListedChanges(
    IEnumerable<ListedChange> Added, IEnumerable<ListedChange> Moved, IEnumerable<ListedChange> Gone);

internal sealed record ListedChange(string Archive, string Path, string Tag, string? Digest, string? Was);

internal sealed record ListedFault(
    string Code, string Message, string Advice, IEnumerable<ListedSetting>? Settings);

internal sealed record ListedSetting(string Member, string? Value);
