using Mirror.Engine.Events;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Flows.Runs;

internal sealed class TargetSession : IDisposable
{
    private readonly HttpMessageHandler _handler;

    public TargetSession(RegistryAccess target, EngineParts parts, EventSink events)
    {
        _handler = parts.CreateHandler(target, parts.Environment);
        Client = new RegistryClient(
            target, _handler, parts.Time, parts.CreateRandom(), events, parts.CreateStores(events));
    }

    public RegistryClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }
}
