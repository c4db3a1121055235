using System.Collections.Concurrent;
using Mirror.Engine.Events;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Time;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A client whose transport is a function, on a clock that the test moves; remembers everything.</summary>
internal sealed class ScriptedRegistry : HttpMessageHandler, IProgress<MirrorEvent>
{
    public const string Host = "registry.example";
    private readonly Func<SeenRequest, CancellationToken, Task<HttpResponseMessage>> _answer;
    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private readonly ConcurrentQueue<MirrorEvent> _events = new();

    public ScriptedRegistry(
        Func<SeenRequest, CancellationToken, Task<HttpResponseMessage>> answer,
        RegistryAccess? access = null,
        params (string Name, string Value)[] variables)
    {
        _answer = answer;
        EventSink events = new(this);
        Client = new RegistryClient(
            access ?? Access(), this, Clock, new Random(7), events, StoredCredentials.Of(events, variables));
    }

    public ScriptedRegistry(
        Func<SeenRequest, HttpResponseMessage> answer,
        RegistryAccess? access = null,
        params (string Name, string Value)[] variables)
        : this((request, _) => Task.FromResult(answer(request)), access, variables)
    {
    }

    public ManualTimeProvider Clock { get; } = new();

    public RegistryClient Client { get; }

    /// <summary>Whether the script answers <see cref="EndOfList"/>.</summary>
    public bool SeesEndOfLists { get; init; }

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public IReadOnlyList<MirrorEvent> Events => [.. _events];

    /// <summary>Without a bound on silence, so that only pauses between attempts set timers.</summary>
    public static RegistryAccess Access(string host = Host) => new("source", host, "deckhouse/ee") { Timeout = null };

    /// <summary>Answers in turn; the last one again and again.</summary>
    public static ScriptedRegistry InTurn(params Func<HttpResponseMessage>[] answers)
    {
        int next = 0;
        return new ScriptedRegistry(_ => answers[Math.Min(next++, answers.Length - 1)]());
    }

    public void Report(MirrorEvent value) => _events.Enqueue(value);

    /// <summary>The fault of work that must fail, with all pauses skipped.</summary>
    public async Task<Fault> FaultOfAsync(Task work)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => Clock.DriveAsync(work));
        return Assert.Single(failure.Faults);
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        SeenRequest seen = SeenRequest.Of(request);
        if (!SeesEndOfLists && EndOfList.IsAsked(seen.Address.AbsoluteUri))
        {
            return Task.FromResult(Answer.Tags([]));
        }

        _seen.Enqueue(seen);
        return _answer(seen, cancellationToken);
    }
}
