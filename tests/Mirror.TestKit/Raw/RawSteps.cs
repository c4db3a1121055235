using System.Text;
using Mirror.TestKit.Registry;

namespace Mirror.TestKit.Raw;

/// <summary>The steps that most scripts consist of. Any other is a lambda.</summary>
public static class RawSteps
{
    /// <summary>Ends the connection as a server does that is done: what was written arrives.</summary>
    public static RawStep Close { get; } = static connection => connection.CloseAsync();

    /// <summary>Ends it by a reset (RST): the client may lose what it has not read yet.</summary>
    public static RawStep Reset { get; } = static connection =>
    {
        connection.Reset();
        return Task.CompletedTask;
    };

    /// <summary>Ends the sending direction only and goes on reading.</summary>
    public static RawStep HalfClose { get; } = static connection =>
    {
        connection.HalfClose();
        return Task.CompletedTask;
    };

    /// <summary>Says nothing until the client goes away.</summary>
    public static RawStep Silence { get; } = static connection => connection.WaitForPeerAsync();

    /// <summary>Writes exactly these bytes.</summary>
    public static RawStep Bytes(ReadOnlyMemory<byte> bytes) => connection => connection.WriteAsync(bytes);

    /// <summary>Writes exactly this text.</summary>
    public static RawStep Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Says nothing until the test opens the gate.</summary>
    public static RawStep Hold(RequestGate gate) => connection => gate.PassAsync(connection.Stopping);
}
