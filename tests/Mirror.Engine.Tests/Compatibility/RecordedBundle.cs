using Mirror.Engine.Settings;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Versions;
using Mirror.TestKit.Registry;

namespace Mirror.Engine.Tests.Compatibility;

/// <summary>
/// A bundle that a real d8 wrote of the miniature source, and how ours of the same source is told to be like it.
/// </summary>
internal static class RecordedBundle
{
    /// <summary>
    /// Archives in which we differ from a version of d8, each with the reason; docs/bundle-format.md has a row for it.
    /// </summary>
    public static IReadOnlyDictionary<(string Version, string Archive), string> Missing { get; } =
        new Dictionary<(string Version, string Archive), string>
        {
            [("0.33", "plugin-console-tool.tar")] = "archives of CLI plugins",
        };

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

    /// <summary>The archives of a version that ours must have.</summary>
    public static string[] Expected(string version) =>
        [.. Archives(Folder(version)).Where(archive => !Missing.ContainsKey((version, archive)))];
}
