using Mirror.Engine.Events;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>A task between a recording MSBuild and a scripted engine, for a project <c>airgap.proj</c>.</summary>
internal static class TaskRun
{
    public static readonly string ProjectDirectory = Path.Combine(Path.GetTempPath(), "no such folder");

    public static readonly string ProjectFile = Path.Combine(ProjectDirectory, "airgap.proj");

    public static (D8MirrorPull Task, RecordingBuildEngine Build, ScriptedEngine Engine) Pull(
        Func<IProgress<MirrorEvent>, CancellationToken, Task>? script = null,
        params (string Name, string Value)[] variables) => Make<D8MirrorPull>(new ScriptedEngine(script), variables);

    public static (TTask Task, RecordingBuildEngine Build, ScriptedEngine Engine) Make<TTask>(
        ScriptedEngine engine, params (string Name, string Value)[] variables)
        where TTask : PullSettingsTask, new()
    {
        RecordingBuildEngine build = new();
        TTask task = new()
        {
            BuildEngine = build,
            ProjectFile = ProjectFile,
            Source = "registry.example/deckhouse/ee",
            BundleDirectory = "bundle",
            CreateEngine = _ => engine,
            ReadEnvironment = () => variables.ToDictionary(variable => variable.Name, variable => variable.Value),
        };
        return (task, build, engine);
    }
}
