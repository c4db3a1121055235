using System.Collections.Concurrent;
using Mirror.Engine.Events;
using Mirror.Engine.Registry.Wire;

namespace Mirror.Engine.Registry.Sending;

/// <summary>
/// Questions to one host that only save work. Whatever goes wrong with one means "unknown" and never ends a run: what
/// is really wrong shows in the request that is needed then. A kind of question that failed several times in a row is
/// asked no more.
/// </summary>
internal sealed class OptionalQuestions(EventSink events)
{
    /// <summary>More than a registry that answers at all leaves open by accident.</summary>
    private const int MostUnknown = 8;

    /// <summary>Each may take the whole bound on silence.</summary>
    private const int MostUnanswered = 3;

    private readonly ConcurrentDictionary<string, int> _unknown = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);
    private int _unanswered;

    /// <summary>
    /// Asks, unless that was in vain too often; <see langword="null"/>: the answer says neither yes nor no.
    /// </summary>
    /// <returns>The answer; <see langword="null"/> when it is unknown.</returns>
    public async Task<T?> AskAsync<T>(
        string kind, Func<CancellationToken, Task<T?>> ask, CancellationToken cancellationToken)
        where T : struct
    {
        if (Volatile.Read(ref _unanswered) >= MostUnanswered || _unknown.GetValueOrDefault(kind) >= MostUnknown)
        {
            return null;
        }

        T? answer;
        string cause;
        try
        {
            answer = await ask(cancellationToken).ConfigureAwait(false);
            cause = "the answer says neither yes nor no";
            Volatile.Write(ref _unanswered, 0);
        }
        catch (MirrorException failure)
        {
            answer = null;
            cause = $"{failure.Faults[0].Code}: {failure.Faults[0].Message}";
            Volatile.Write(
                ref _unanswered, RegistryFailure.IsUnanswered(failure) ? Volatile.Read(ref _unanswered) + 1 : 0);
        }

        Count(kind, answer is not null, cause);
        return answer;
    }

    private void Count(string kind, bool isKnown, string cause)
    {
        if (isKnown)
        {
            _unknown[kind] = 0;
            return;
        }

        int unknown = _unknown.AddOrUpdate(kind, 1, static (_, count) => count + 1);
        if (_told.TryAdd(kind, true))
        {
            events.Cause($"No answer about {kind}; continuing without it: {cause}");
        }

        if (unknown == MostUnknown || Volatile.Read(ref _unanswered) == MostUnanswered)
        {
            events.Cause($"Too many questions about {kind} failed in a row; continuing without asking.");
        }
    }
}
