namespace Mirror.TestKit.Registry;

/// <summary>
/// Thrown through the server to end an answer early: Kestrel then sends what was written and closes the connection, so
/// the client gets exactly the bytes the fault promised.
/// </summary>
internal sealed class ConnectionCutException() : Exception("The test asked for a connection that breaks here.");
