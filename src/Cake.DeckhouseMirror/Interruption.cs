using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Cake.DeckhouseMirror;

/// <summary>
/// Turns SIGINT (Ctrl+C) and SIGTERM, for the length of one alias, into a cancellation: Cake itself dies of them,
/// without teardown. A second signal is left to its default, for a user who will not wait.
/// </summary>
[SuppressMessage(
    "Usage", "CA2213", Justification = "A signal may come during dispose; the source holds no handle or timer.")]
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<IDisposable> _registrations = [];
    private int _signals;

    public CancellationToken Token => _cancellation.Token;

    /// <summary>Starts to listen for the signals of this process.</summary>
    public static Interruption Listen()
    {
        Interruption interruption = new();
        interruption._registrations.Add(
            PosixSignalRegistration.Create(PosixSignal.SIGINT, interruption.OnSignal));
        interruption._registrations.Add(
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, interruption.OnSignal));
        return interruption;
    }

    public void OnSignal(PosixSignalContext signal)
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            signal.Cancel = true;
            _cancellation.Cancel();
        }
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
}
