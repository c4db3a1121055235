using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Mirror.Engine.Events;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Files;
using Mirror.TestKit.Raw;
using Xunit;

namespace Mirror.Engine.Tests.Registry.Wire;

/// <summary>Runs one row: the registry, another host, a client with the real transport, the fake clock.</summary>
internal sealed class WireRun : IProgress<MirrorEvent>, IAsyncDisposable
{
    // What a registry says is quoted up to 300 characters.
    private const int LongestMessage = 800;

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    // Digests first, and no bare port: its digits may be part of one.
    private static readonly string[] Shown = ["blob", "manifest", "self", "other"];

    private readonly WireRow _row;
    private readonly ManualTimeProvider _clock = new();
    private readonly WirePosition _position = new();
    private readonly ConcurrentQueue<string> _events = new();
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority;
    private readonly RawServer _self;
    private readonly RawServer _other;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public WireRun(WireRow row)
    {
        _row = row;
        _authority = new TestAuthority(row.Certificate ?? "127.0.0.1");
        _self = Server(row.Self, row.Certificate is null ? null : _authority.Server);
        _other = Server(row.Other, null);
        _names["self"] = _self.Host;
        _names["other"] = _other.Host;
        _names["long"] = new string('x', 100_000);
        _names["closed"] = ClosedPort();
        _names["other-port"] = $"{_other.Port}";
        _names["blob"] = Sample.BlobDigest.ToString();
        _names["manifest"] = Sample.ManifestDigest.ToString();
    }

    private string Password => _row.Login?.Split(':')[1] ?? "no password";

    public void Report(MirrorEvent value) => _events.Enqueue($"{value}");

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        // Nothing here waits for real time; a row that hangs is to say how far it came.
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Hang);
        (string outcome, MirrorException? failure) = await OutcomeAsync(limit.Token);
        string told = $"{failure} {failure?.Faults[0].Advice}";

        // The fault and all events go into the message: a row that fails says why.
        Assert.True(outcome == _row.Expect, $"{_row.Expect} was expected, {outcome} came: {told}\n{Seen()}");
        Assert.All(_row.Says, text => Assert.Contains(Named(text), told, StringComparison.Ordinal));
        Assert.InRange(failure?.Faults[0].Message.Length ?? 0, 0, LongestMessage);
        Assert.DoesNotContain(told, character => char.IsControl(character) && character is not ('\n' or '\r'));
        if (_row.Asked is { } asked)
        {
            Assert.Equal(asked, Asked(_self).Select(Line));
        }

        if (_row.OtherAsked is { } otherAsked)
        {
            Assert.Equal(otherAsked, Asked(_other).Select(Line));
        }

        Assert.Equal(_row.Count ?? Asked(_self).Length, Asked(_self).Length);
        Assert.Equal(_row.Waits ?? [.. Waits()], Waits());
        Assert.Equal(_row.Pauses ?? _clock.Waits.Count, _clock.Waits.Count);
        Assert.DoesNotContain(Password, told + Seen(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _self.DisposeAsync();
        await _other.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    private static string ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return $"{listener.LocalEndpoint}";
    }

    private IEnumerable<double> Waits() => _clock.Waits.Select(wait => Math.Round(wait.TotalSeconds));

    private RawServer Server(string[] answers, X509Certificate2? tls)
    {
        int next = -1;
        WireScript script = new(_clock, _position, _names);
        return new RawServer(
            request => script.Read(EndOfList.IsAsked(request.Target)
                ? "200 | text {\"tags\":[]}"
                : answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]),
            tls);
    }

    private static RawRequest[] Asked(RawServer server) =>
        [.. server.Requests.Where(request => !EndOfList.IsAsked(request.Target))];

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handler.")]
    private async Task<(string Outcome, MirrorException? Failure)> OutcomeAsync(
        CancellationToken cancellationToken)
    {
        EventSink events = new(this);
        string[] login = (_row.Login ?? "").Split(':');
        RegistryAccess access = ScriptedRegistry.Access(Named(_row.Host ?? "{self}")) with
        {
            Insecure = !_row.Https,
            Timeout = _row.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Credential = _row.Login is null ? null : new Credential(login[0], login[1]),
            AllowedRealms = [.. _row.Realms.Select(Named)],
            CaFile = _row is { Certificate: not null, Trusts: true } ? await CaFileAsync(cancellationToken) : null,
        };
        RunEnvironment environment = new(_row.IsProxy
            ? [new("HTTP_PROXY", $"http://{_self.Host}"), new("HTTPS_PROXY", $"http://{_self.Host}")]
            : []);
        using RegistryClient client = new(
            access, RegistryTransport.CreateHandler(access, environment), _clock, new Random(1), events,
            StoredCredentials.Of(events));
        try
        {
            Task<string> work = new WireAsk(client, _clock, _position, events)
                .RunAsync(_row.Ask, cancellationToken);
            await _clock.DrivePausesAsync(work);
            return (await work, null);
        }
        catch (OperationCanceledException)
        {
            return ("nothing", null);
        }
        catch (MirrorException failure)
        {
            return (failure.Faults[0].Code, failure);
        }
    }

    private async Task<string> CaFileAsync(CancellationToken cancellationToken)
    {
        string path = Path.Combine(_folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(path, _authority.RootPem, cancellationToken);
        return path;
    }

    private string Seen() => string.Join(
        '\n', [.. Asked(_self).Select(Line), "other:", .. Asked(_other).Select(Line), "events:", .. _events]);

    private string Line(RawRequest request)
    {
        string login = request.Header("Authorization") is { } value
            ? value.StartsWith("Basic ", StringComparison.Ordinal) ? " Basic" : $" {value}"
            : "";
        string range = request.Header("Range") is { } bytes ? $" {bytes}" : "";
        string line = $"{request.Method} {Uri.UnescapeDataString(request.Target)}{range}{login}";
        return Shown.Aggregate(
            line, (text, name) => text.Replace(_names[name], $"{{{name}}}", StringComparison.Ordinal));
    }

    private string Named(string text) => _names.Aggregate(
        text, (all, name) => all.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal));
}
