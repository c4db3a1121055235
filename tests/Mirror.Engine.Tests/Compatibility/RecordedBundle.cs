using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;

namespace Mirror.Engine.Tests.Compatibility;

/// <summary>
/// A bundle that a real d8 wrote of the miniature source, and how ours of the same source is told to be like it.
/// </summary>
internal static class RecordedBundle
{
    public static string Folder(string version) => PushRun.Recorded(version);

    /// <summary>A pull with default options under the rules and in the form of a version.</summary>
    public static EngineRun Run(TestRegistry registry, string folder, string version)
    {
        EngineRun run = EngineRun.Of(registry, folder);
        run.Settings = run.Settings with
        {
            SelectionRules = version == "0.33" ? SelectionRules.V033 : SelectionRules.V025,
            BundleFormat = version == "0.33" ? BundleFormat.PathPreserving : BundleFormat.Legacy025,
        };
        return run;
    }

    public static string[] Archives(string folder) =>
        [.. Directory.GetFiles(folder, "*.tar").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
