using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Report;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Tests.Report;
using Mirror.Engine.Tests.Report.Diff;
using static Mirror.Engine.Tests.Fuzz.Tolerated;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>What is compared and approved: diffs, records of runs, notes of releases.</summary>
internal static class ReviewTargets
{
    private static readonly ImmutableArray<string> Words =
    [
        "{", "}", "[", "]", ":", ",", "\"", "null", "-1", "1e99", "\\ud800", "\"format\"", "\"id\"", "\"added\"",
        "\"moved\"", "\"gone\"", "\"digest\"", "\"was\"", "sha256:", "platform.tar", "../", "\"plan\"", "succeeded",
    ];

    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("diff", "DiffFile.Read", bytes => Formats(() => DiffFile.Write(DiffFile.Read(bytes))),
            [Diff(1), Diff(2)],
            Words) with { FreeBytes = 4 * 1024 * 1024 },
        FuzzTarget.OfText("recorded plan", "RecordedPlan.Read", bytes => Formats(() => RecordedPlan.Read(bytes)),
            [
                ReportJson.Render(SmallPlan.Planned, SmallPlan.Plan, null),
                ReportJson.Render(SmallPlan.Pulled, SmallPlan.Report),
            ],
            Words) with { FreeBytes = 4 * 1024 * 1024 },
        FuzzTarget.OfText("release notes", "ReleaseNotes.Read", bytes => ReleaseNotes.Read(
            new Dictionary<string, ReadOnlyMemory<byte>>
            {
                [ReleaseNotes.FileNames[0]] = bytes,
                [ReleaseNotes.FileNames[1]] = bytes,
            }),
            [
                """{"version":"v1.69.0","requirements":{"k8s":"1.27"},"disruptions":{"1.69":["a"]}}""",
                "candi: {fixes: [{summary: CVE-2026-1234, impact: i, pull_request: 'https://x.example/1'}, text]}",
            ],
            [.. Words, "- ", "summary", "impact", "CVE-2026-1234", "&x ", "*x"]) with
        {
            FreeBytes = 32 * 1024 * 1024,
        },
    ];

    private static string Diff(int seed)
    {
        DrawnSides drawn = new(seed);
        return DiffFile.Write(DiffBuilder.Compare(drawn.Draw("target"), drawn.Draw("bundle")));
    }
}
