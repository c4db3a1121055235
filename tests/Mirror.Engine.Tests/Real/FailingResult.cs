namespace Mirror.Engine.Tests.Real;

/// <summary>How a run ended whose calls failed.</summary>
/// <param name="ExitCode">What its process would have returned.</param>
/// <param name="Errors">The text of its faults.</param>
internal sealed record FailingResult(int ExitCode, string Errors);
