using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Mirror.Engine.Report;

/// <summary>Plans and reports as JSON; the members are described in docs/report.md.</summary>
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

    public static string Render(MirrorPlan plan, BundleChanges? changes) =>
        Write(Plan(plan, "deckhouse-mirror-plan/1", changes), Json.PlanDocument);

    public static string Render(MirrorReport report)
    {
        bool isPush = report.Verb is MirrorVerb.Push or MirrorVerb.Sync;
        return Write(
            new ReportDocument(
                "deckhouse-mirror-report/1",
                VerbOf(report),
                Seconds(report.Duration),
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

    private static string VerbOf(MirrorReport report) => report.Verb switch
    {
        MirrorVerb.Pull => "pull",
        MirrorVerb.Push => "push",
        MirrorVerb.Sync => "sync",
        _ => "verify",
    };

    public static string Render(GostRecord record) => Write(
        new GostDocument(
            "deckhouse-mirror-gost/1",
            record.Result,
            "GOST R 34.11-2012, 256 bits",
            record.Kernel,
            record.Finished.UtcDateTime,
            Seconds(record.Duration),
            record.Files.Select(file => new ListedSum(
                file.Name, file.Bytes, file.Result, file.Code, file.Expected, file.Actual))),
        Json.GostDocument);

    private static string Write<T>(T document, JsonTypeInfo<T> type) => JsonSerializer.Serialize(document, type) + "\n";

    private static double Seconds(TimeSpan duration) => Math.Round(duration.TotalSeconds, 3);

    private static PlanDocument Plan(MirrorPlan plan, string? format = null, BundleChanges? changes = null) => new(
        format,
        plan.Source,
        plan.Target,
        plan.ImageCount,
        plan.FileBytes,
        plan.TransferBytes,
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
        Changes(changes));

    private static ListedChanges? Changes(BundleChanges? changes) => changes is null
        ? null
        : new ListedChanges(changes.Added.Select(Change), changes.Moved.Select(Change), changes.Gone.Select(Change));

    private static ListedChange Change(ChangedImage image) =>
        new(image.Archive, image.Path, image.Tag, image.Digest?.ToString(), image.Was?.ToString());

    private static IEnumerable<ListedFault> Faults(IEnumerable<Fault> faults) =>
        faults.Select(fault => new ListedFault(fault.Code, fault.Message, fault.Advice));
}

/// <summary>A plan; inside a report without format and changes, which the report has itself.</summary>
internal sealed record PlanDocument(
    string? Format,
    string Source,
    string? Target,
    int Images,
    long Bytes,
    long DownloadBytes,
    int PlanRequests,
    IEnumerable<ListedArchive> Archives,
    IEnumerable<ListedFile> Files,
    IEnumerable<ListedFault> Notes,
    ListedChanges? Changes);

/// <summary>A report; what only a push has is null for other verbs, and then not written.</summary>
internal sealed record ReportDocument(
    string Format,
    string Verb,
    double Seconds,
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
    string Format,
    string Result,
    string Algorithm,
    string Kernel,
    DateTime Finished,
    double Seconds,
    IEnumerable<ListedSum> Files);

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

internal sealed record ListedFault(string Code, string Message, string Advice);
