using System.Collections.Immutable;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>What one run of a task works with.</summary>
/// <param name="Host">Reads settings.</param>
/// <param name="Engine">The verbs.</param>
/// <param name="Values">What the project set, by MSBuild property or item name.</param>
/// <param name="Progress">Takes the run's events.</param>
/// <param name="Misnamed">What the project calls by names that do not exist.</param>
internal sealed record MirrorRun(
    MirrorHost Host,
    IMirrorEngine Engine,
    IEnumerable<KeyValuePair<string, string>> Values,
    IProgress<MirrorEvent> Progress,
    IReadOnlyCollection<Fault> Misnamed)
{
    /// <summary>The settings of the verb.</summary>
    /// <exception cref="MirrorException">Names or values are wrong: everything at once.</exception>
    public TSettings Read<TSettings>(MirrorVerb verb)
        where TSettings : MirrorSettings, new()
    {
        TSettings? settings = null;
        ImmutableArray<Fault> malformed = [];
        try
        {
            settings = Host.Read<TSettings>(TaskValues.Names, Values, verb);
        }
        catch (MirrorException exception)
        {
            malformed = exception.Faults;
        }

        ImmutableArray<Fault> faults = [.. Misnamed, .. malformed];
        return settings is not null && faults.IsEmpty ? settings : throw new MirrorException(faults);
    }
}
