using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>What one run of a task works with, gathered before it starts.</summary>
/// <param name="Engine">The verbs.</param>
/// <param name="Values">What the project set, by MSBuild property or item name.</param>
/// <param name="Environment">The environment variables.</param>
/// <param name="Progress">Takes the run's events.</param>
internal sealed record MirrorRun(
    IMirrorEngine Engine,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Values,
    IReadOnlyDictionary<string, string> Environment,
    IProgress<MirrorEvent> Progress);
