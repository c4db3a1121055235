using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// Remembers answers by key. Concurrent callers of one key wait for one of them to ask; a failure is nobody's answer:
/// the next in line asks again.
/// </summary>
internal sealed class Memo<TKey, TValue>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();

    /// <summary>
    /// The remembered answer, or a new one, which is kept if it is lasting. Cancelling ends this caller's wait, and its
    /// own asking.
    /// </summary>
    public async Task<TValue> GetAsync(
        TKey key,
        Func<CancellationToken, Task<TValue>> ask,
        Func<TValue, bool> isLasting,
        CancellationToken cancellationToken)
    {
        Entry entry = _entries.GetOrAdd(key, static _ => new Entry());

        // Taken first: it is gone only once there is an answer.
        SemaphoreSlim? gate = entry.Gate;
        if (entry.TryGet(out TValue? known))
        {
            return known;
        }

        await gate!.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (entry.TryGet(out known))
            {
                return known;
            }

            TValue value = await ask(cancellationToken).ConfigureAwait(false);
            if (isLasting(value))
            {
                entry.Set(value);
            }

            return value;
        }
        finally
        {
            gate.Release();
        }
    }

    private sealed class Entry
    {
        private TValue? _value;
        private volatile bool _isSet;

        /// <summary>Held by whoever asks; gone when there is an answer, since a run has very many.</summary>
        public SemaphoreSlim? Gate { get; private set; } = new(1, 1);

        public bool TryGet([MaybeNullWhen(false)] out TValue value)
        {
            bool isSet = _isSet;
            value = isSet ? _value : default;
            return isSet;
        }

        public void Set(TValue value)
        {
            _value = value;
            _isSet = true;
            Gate = null;
        }
    }
}
