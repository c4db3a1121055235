using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mirror.Engine.Report.Targets;

/// <summary>Inventories and checks as JSON; docs/schemas/check.schema.json describes the members.</summary>
[JsonSerializable(typeof(CheckDocument))]
[JsonSerializable(typeof(InventoryDocument))]
internal sealed partial class CheckJson : JsonSerializerContext
{
    private static readonly CheckJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Render(RunOutcome outcome, MirrorCheckResult result) => ReportJson.RenderDocument(
        outcome,
        new CheckDocument(
            Word(result.Depth),
            result.StateId,
            result.Images,
            result.Targets.Select(target => new ListedTarget(
                target.Target,
                target.IsWhole,
                target.Requests,
                target.Repositories.Select(repository => new ListedRepository(
                    repository.Archive,
                    repository.Path,
                    repository.Repository,
                    repository.There,
                    repository.Missing,
                    repository.Different,
                    repository.Damaged,
                    repository.Extra)),
                target.FindingCount,
                target.Findings.Select(finding => new ListedFinding(
                    Word(finding.Kind),
                    finding.Archive,
                    finding.Path,
                    finding.Reference,
                    finding.Tag,
                    $"{finding.Digest}",
                    finding.Found?.ToString(),
                    finding.Content.IsEmpty ? null : finding.Content)),
                ReportJson.Faults(target.Faults))),
            outcome.Result == RunResult.Succeeded ? ReportJson.Faults(result.Warnings) : null),
        Json.CheckDocument);

    public static string Render(RunOutcome outcome, MirrorInventory inventory) => ReportJson.RenderDocument(
        outcome,
        new InventoryDocument(
            Word(inventory.Depth),
            inventory.StateId,
            inventory.Target,
            inventory.Repositories,
            inventory.Tags,
            inventory.Blobs,
            inventory.Requests),
        Json.InventoryDocument);

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName($"{value}");
}

/// <summary>The members of a check's record; one that failed has its warnings before.</summary>
internal sealed record CheckDocument(
    string Depth, string State, int Images, IEnumerable<ListedTarget> Targets, IEnumerable<ListedFault>? Warnings);

internal sealed record ListedTarget(
    string Target,
    bool Whole,
    int Requests,
    IEnumerable<ListedRepository> Repositories,
    int FindingCount,
    IEnumerable<ListedFinding> Findings,
    IEnumerable<ListedFault> Faults);

internal sealed record ListedRepository(
    string Archive, string Path, string Repository, int There, int Missing, int Different, int Damaged, int? Extra);

internal sealed record ListedFinding(
    string Kind,
    string Archive,
    string Path,
    string Reference,
    string Tag,
    string Digest,
    string? Found,
    IEnumerable<string>? Content);

/// <summary>The members of an inventory's record.</summary>
internal sealed record InventoryDocument(
    string Depth, string State, string Target, int Repositories, int Tags, int Blobs, int Requests);
