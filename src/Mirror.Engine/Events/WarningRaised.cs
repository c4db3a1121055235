namespace Mirror.Engine;

/// <summary>A warning: the run goes on, but not everything is as a user may expect.</summary>
/// <param name="Fault">What it is, with code and advice.</param>
public sealed record WarningRaised(Fault Fault)
    : MirrorEvent(MirrorEventLevel.Warning, $"{Fault.Message} {Fault.Advice}");
