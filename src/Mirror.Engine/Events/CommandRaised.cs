namespace Mirror.Engine;

/// <summary>
/// A command to the CI system that runs the host, such as <c>##vso[task.uploadsummary]</c>. It is not a text of the
/// log: a host writes it to standard output as it is, on a line of its own, at every verbosity. Colours, prefixes and
/// indentation become a part of the command, and a command that is not printed does nothing.
/// </summary>
/// <param name="Command">The whole line.</param>
public sealed record CommandRaised(string Command) : MirrorEvent(MirrorEventLevel.Warning, Command);
