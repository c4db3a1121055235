using Mirror.Engine.Errors;

namespace Mirror.Engine;

/// <summary>
/// The only exception the engine lets out, apart from <see cref="OperationCanceledException"/> of the caller's own
/// token. Carries every fault that was found: settings report all of theirs at once.
/// </summary>
public sealed class MirrorException : Exception
{
    /// <summary>Creates the exception for one fault.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="innerException">The cause, if another exception was one.</param>
    public MirrorException(Fault fault, Exception? innerException = null)
        : this([fault], innerException)
    {
    }

    /// <summary>Creates the exception for several faults found together.</summary>
    /// <param name="faults">What went wrong; at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="faults"/> is empty.</exception>
    public MirrorException(ImmutableArray<Fault> faults)
        : this(faults, null)
    {
    }

    /// <summary>Creates the exception for several faults with a common cause.</summary>
    internal MirrorException(ImmutableArray<Fault> faults, Exception? innerException)
        : base(Describe(faults), innerException)
    {
        Faults = faults;
        HelpLink = faults[0].HelpLink;
    }

    /// <summary>
    /// What went wrong, in the order it was found; never empty. <see cref="Exception.HelpLink"/> is that of the first.
    /// </summary>
    public ImmutableArray<Fault> Faults { get; }

    /// <summary>What the next attempt can use.</summary>
    internal FailureHints Hints { get; set; } = FailureHints.None;

    /// <summary>
    /// Formats the faults, the causes and the stack trace. Each line can be written to a log, whatever a cause quotes:
    /// it has no control characters and no commands for a CI system.
    /// </summary>
    /// <returns>The lines, separated by <c>\n</c>.</returns>
    public override string ToString() =>
        string.Join('\n', base.ToString().ReplaceLineEndings("\n").Split('\n').Select(LogLine.Sanitize));

    /// <summary>A broken promise of our own code; better to stop than to write an incomplete bundle.</summary>
    internal static MirrorException Defect(string message) => new(new Fault(
        FaultCode.Defect, message, "This is a bug in the mirror. Report it with this text."));

    private static string Describe(ImmutableArray<Fault> faults) => faults.IsDefaultOrEmpty
        ? throw new ArgumentException("A MirrorException needs at least one fault.", nameof(faults))
        : string.Join('\n', faults);
}
