using Mirror.Engine;

namespace Cake.DeckhouseMirror;

/// <summary>A signal came while a verb ran: an error at every verbosity, in the order of the log.</summary>
/// <param name="Signal">The signal, as users know it.</param>
internal sealed record StopRequested(string Signal) : MirrorEvent(
    MirrorEventLevel.Warning,
    $"{Signal}: stopping; no other mirror alias of this build will run. Send it again to end the process at once.");
