using Mirror.Benchmarks.Measuring;
using Mirror.Benchmarks.Sources;

namespace Mirror.Benchmarks.Trials;

/// <summary>A trial that only has to be run, checked and cleared away.</summary>
internal sealed class PreparedTrial(Command command) : IAsyncDisposable
{
    public Command Command => command;

    /// <summary>Registries whose requests count.</summary>
    public IReadOnlyList<BenchRegistry> Watched { get; init; } = [];

    /// <summary>Fails when the result is wrong.</summary>
    public Action<ProcessOutcome> Check { get; init; } = static _ => { };

    /// <summary>Asks a target what it was given, and fails when that is wrong.</summary>
    public Func<Task> CheckTargetAsync { get; init; } = static () => Task.CompletedTask;

    /// <summary>Folders that only this run needed.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>A registry that only this run needed.</summary>
    public IAsyncDisposable? Registry { get; init; }

    public async ValueTask DisposeAsync()
    {
        foreach (string folder in Folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        if (Registry is not null)
        {
            await Registry.DisposeAsync();
        }
    }
}
