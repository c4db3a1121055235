using Mirror.Engine;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>A task between a recording MSBuild and a scripted engine, for a project <c>airgap.proj</c>.</summary>
internal static class TaskRun
{
    public static readonly string ProjectDirectory = Path.Combine(Path.GetTempPath(), "no such folder");

    public static readonly string ProjectFile = Path.Combine(ProjectDirectory, "airgap.proj");

    /// <summary>Every task of the package.</summary>
    public static TheoryData<Type> Tasks =>
    [
        typeof(D8MirrorCheck),
        typeof(D8MirrorDiff),
        typeof(D8MirrorInventory),
        typeof(D8MirrorLock),
        typeof(D8MirrorLockCheck),
        typeof(D8MirrorMerge),
        typeof(D8MirrorPlan),
        typeof(D8MirrorPull),
        typeof(D8MirrorPush),
        typeof(D8MirrorSync),
        typeof(D8MirrorVerify),
        typeof(VerifyGostDigest),
    ];

    public static (D8MirrorPull Task, RecordingBuildEngine Build, ScriptedEngine Engine) Pull(
        Func<IProgress<MirrorEvent>, CancellationToken, Task>? script = null,
        params (string Name, string Value)[] variables) => Make<D8MirrorPull>(new ScriptedEngine(script), variables);

    public static (TTask Task, RecordingBuildEngine Build, ScriptedEngine Engine) Make<TTask>(
        ScriptedEngine engine, params (string Name, string Value)[] variables)
        where TTask : MirrorTask
    {
        var (task, build, _) = Make(typeof(TTask), engine, variables);
        return ((TTask)task, build, engine);
    }

    /// <summary>A task with the least that it needs to run.</summary>
    public static (MirrorTask Task, RecordingBuildEngine Build, ScriptedEngine Engine) Make(
        Type type, ScriptedEngine engine, params (string Name, string Value)[] variables)
    {
        RecordingBuildEngine build = new();
        var task = (MirrorTask)Activator.CreateInstance(type)!;
        task.BuildEngine = build;
        task.ProjectFile = ProjectFile;
        task.Engine = engine;
        task.Variables = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        switch (task)
        {
            case PullSettingsTask pull:
                pull.Source = "registry.example/deckhouse/ee";
                pull.BundleDirectory = "bundle";
                pull.LockFile = pull is LockTask ? "mirror.lock.json" : null;
                break;
            case D8MirrorDiff diff:
                diff.Source = "registry.example/deckhouse/ee";
                diff.Target = "target.example/mirror/ee";
                diff.DiffFrom = "source";
                diff.DiffTo = "target";
                break;
            case D8MirrorPush push:
                push.Target = "target.example/mirror/ee";
                push.BundleDirectory = "bundle";
                break;
            case TargetTask target:
                target.Target = "target.example/mirror/ee";
                target.BundleDirectory = "bundle";
                target.InventoryFile = "have.json";
                break;
            case D8MirrorMerge merge:
                merge.MergeFroms = [Folder("delta"), Folder("full")];
                merge.BundleDirectory = "bundle";
                break;
            case D8MirrorSync sync:
                sync.Source = "registry.example/deckhouse/ee";
                sync.Target = "target.example/mirror/ee";
                sync.TmpDir = "tmp";
                break;
            case BundleFilesTask verify:
                verify.BundleDirectory = "bundle";
                break;
            default:
                throw new ArgumentException($"{type} has no settings here.", nameof(type));
        }

        return (task, build, engine);
    }

    private static Microsoft.Build.Utilities.TaskItem Folder(string name) => new(name);
}
