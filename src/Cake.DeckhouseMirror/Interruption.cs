using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Cake.DeckhouseMirror;

/// <summary>
/// Turns SIGINT (Ctrl+C) and SIGTERM, while an alias runs, into a cancellation: Cake itself dies of them, without
/// teardown. A signal is meant for the process, so it is never forgotten: every later alias is refused, whatever a
/// script makes of the failure of the first. A second signal is left to its default, for a user who will not wait.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "It lives as long as the process; the source holds no handle or timer.")]
internal sealed class Interruption
{
    private static readonly PosixSignal[] Heard = [PosixSignal.SIGINT, PosixSignal.SIGTERM];

    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _gate = new();
    private PosixSignalRegistration[] _registrations = [];
    private int _listeners;
    private string? _signal;

    /// <summary>That of this process.</summary>
    public static Interruption OfProcess { get; } = new();

    /// <summary>Is cancelled by the first signal, for good.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>The signal that came, as users know it; <see langword="null"/>: none.</summary>
    public string? Signal => Volatile.Read(ref _signal);

    /// <summary>Whether signals come here.</summary>
    public bool IsListening => _registrations.Length > 0;

    /// <summary>Listens until the result is disposed; several may listen at once, and share the signals.</summary>
    public IDisposable Listen()
    {
        lock (_gate)
        {
            if (_listeners++ == 0)
            {
                _registrations =
                    [.. Heard.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
            }
        }

        return new Listener(this);
    }

    public void OnSignal(PosixSignalContext signal)
    {
        string name = signal.Signal == PosixSignal.SIGINT ? "Ctrl+C (SIGINT)" : $"{signal.Signal}";
        if (Interlocked.CompareExchange(ref _signal, name, null) is null)
        {
            signal.Cancel = true;
            _cancellation.Cancel();
        }
    }

    private void Leave()
    {
        PosixSignalRegistration[] registrations = [];
        lock (_gate)
        {
            if (--_listeners == 0)
            {
                (registrations, _registrations) = (_registrations, []);
            }
        }

        Array.ForEach(registrations, registration => registration.Dispose());
    }

    private sealed class Listener(Interruption interruption) : IDisposable
    {
        private Interruption? _interruption = interruption;

        public void Dispose() => Interlocked.Exchange(ref _interruption, null)?.Leave();
    }
}
