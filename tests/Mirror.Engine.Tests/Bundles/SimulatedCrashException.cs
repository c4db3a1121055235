namespace Mirror.Engine.Tests.Bundles;

/// <summary>The process ended here: nothing it would have done afterwards happens.</summary>
internal sealed class SimulatedCrashException : Exception;
