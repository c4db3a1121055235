namespace Mirror.Engine.Plan;

/// <summary>A lock holds the markers of a merge that was not finished.</summary>
internal sealed class LockConflictException(int line)
    : FormatException($"line {line} is the conflict marker of a merge that was not finished");
