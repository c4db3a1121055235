using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Looks into plans as tests need it: <c>archive/layout:tag</c>.</summary>
internal static class PlanView
{
    /// <summary>The names of the archives.</summary>
    public static string[] Archives(this MirrorPlan plan) => [.. plan.Archives.Select(archive => archive.Name)];

    /// <summary>The images of a layout.</summary>
    public static IReadOnlyList<PlannedImage> Images(this MirrorPlan plan, string archive, string layout) =>
        plan.Archives.Single(one => one.Name == archive).Layouts.Single(one => one.Path == layout).Images;

    /// <summary>The tags of a layout that name versions, builds or channels; in ordinal order.</summary>
    public static string[] Tags(this MirrorPlan plan, string archive, string layout) =>
    [
        .. plan.Images(archive, layout).Select(image => image.Tag)
            .Where(tag => tag.Length != 64 && !tag.EndsWith(".att", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The codes of the notes, each once.</summary>
    public static string[] NoteCodes(this MirrorPlan plan) =>
        [.. plan.Notes.Select(note => note.Code).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Everything in a plan, for comparing two.</summary>
    public static string[] Everything(this MirrorPlan plan) =>
    [
        .. plan.Archives.SelectMany(archive => archive.Layouts.SelectMany(layout => layout.Images.Select(image =>
            $"{archive.Name}/{layout.Path}:{image.Tag}={image.Digest}"))),
    ];

    /// <summary>The codes of a run that must fail.</summary>
    public static async Task<string[]> RefusedAsync(this EngineRun run)
    {
        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(run.PlanAsync);
        return [.. refusal.Faults.Select(fault => fault.Code)];
    }
}
