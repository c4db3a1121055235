namespace Mirror.Engine.Report;

/// <summary>The last event of a run that succeeded: its summary, for CI. A log does not need it.</summary>
/// <param name="Summary">The summary; its headline is the message.</param>
internal sealed record RunSummarized(ReportSummary Summary) : MirrorEvent(MirrorEventLevel.Request, Summary.Headline);
