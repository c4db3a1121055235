using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>What one run of a task works with.</summary>
/// <param name="Host">Reads settings.</param>
/// <param name="Engine">The verbs.</param>
/// <param name="Values">What the project set, by MSBuild property or item name.</param>
/// <param name="Progress">Takes the run's events.</param>
internal sealed record MirrorRun(
    MirrorHost Host,
    IMirrorEngine Engine,
    IEnumerable<KeyValuePair<string, string>> Values,
    IProgress<MirrorEvent> Progress)
{
    public TSettings Read<TSettings>(MirrorVerb verb)
        where TSettings : MirrorSettings, new() => Host.Read<TSettings>(TaskValues.Names, Values, verb);
}
