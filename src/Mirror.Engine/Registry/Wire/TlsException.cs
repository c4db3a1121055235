using System.Security.Authentication;

namespace Mirror.Engine.Registry.Wire;

/// <summary>A failure of TLS whose reason is known.</summary>
/// <param name="problem">The reason.</param>
/// <param name="message">More of it, for messages.</param>
/// <param name="inner">What the framework says.</param>
internal sealed class TlsException(TlsProblem problem, string message, Exception? inner = null)
    : AuthenticationException(message, inner)
{
    public TlsProblem Problem => problem;
}
