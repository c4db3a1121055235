using System.Net;
using System.Net.Http.Headers;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// The last answer of a chain of redirects, of the registry itself or of storage it redirected to; owns the message.
/// </summary>
internal sealed class RegistryResponse(HttpResponseMessage message, Uri address, bool isRegistry) : IDisposable
{
    private bool _isTaken;

    public HttpResponseMessage Message => message;

    public Uri Address => address;

    public HttpStatusCode Status => message.StatusCode;

    public bool IsRegistry => isRegistry;

    /// <summary>Whether it has the header by which a registry says that it is one.</summary>
    public bool SaysItIsRegistry => Header("Docker-Distribution-Api-Version") is not null;

    public void Dispose()
    {
        if (!_isTaken)
        {
            message.Dispose();
        }
    }

    /// <summary>Hands the answer over to a stream that outlives the request and disposes it.</summary>
    public HttpResponseMessage Take()
    {
        _isTaken = true;
        return message;
    }

    public string? Header(string name) =>
        message.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.FirstOrDefault() : null;
}
