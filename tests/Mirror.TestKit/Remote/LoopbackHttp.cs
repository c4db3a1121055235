using System.Diagnostics.CodeAnalysis;

namespace Mirror.TestKit.Remote;

/// <summary>Clients for registries of tests: plain HTTP, and never through the machine's proxy.</summary>
internal static class LoopbackHttp
{
    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes its handler.")]
    public static HttpClient Create(string host) =>
        new(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://{host}"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
