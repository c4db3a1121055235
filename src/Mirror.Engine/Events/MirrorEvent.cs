namespace Mirror.Engine;

/// <summary>Something that happened in a run. Front ends show <see cref="Message"/> at <see cref="Level"/>.</summary>
/// <param name="Level">How much detail this is.</param>
/// <param name="Message">One line for people; never holds a secret.</param>
public record MirrorEvent(MirrorEventLevel Level, string Message);
