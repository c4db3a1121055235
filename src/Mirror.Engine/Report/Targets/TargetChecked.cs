namespace Mirror.Engine;

/// <summary>A target of a check is done, whatever was found there.</summary>
/// <param name="Target">What was found.</param>
/// <param name="Message">One line for people.</param>
public sealed record TargetChecked(CheckedTarget Target, string Message)
    : MirrorEvent(MirrorEventLevel.Milestone, Message);
