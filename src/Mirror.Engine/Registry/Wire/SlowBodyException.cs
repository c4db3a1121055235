namespace Mirror.Engine.Registry.Wire;

/// <summary>A small answer that comes byte by byte, so that no wait for a single byte is ever too long.</summary>
internal sealed class SlowBodyException() : TimeoutException("The answer came too slowly.");
