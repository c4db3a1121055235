using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mirror.TestKit.Files;

namespace Mirror.TestKit.Browser;

/// <summary>
/// A real Chromium without a window, driven through its DevTools protocol on a loopback port of its own choice; its
/// profile is a folder of its own. The process ends on dispose.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Announcement = "DevTools listening on ";

    private readonly TemporaryFolder _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _answers = new();
    private readonly ConcurrentDictionary<string, Action<string, JsonNode>> _listeners = new();
    private Process? _process;
    private Task _reading = Task.CompletedTask;
    private int _last;

    private Chromium()
    {
    }

    /// <summary>Starts the program found by <see cref="Processes.RealParts.Find"/>.</summary>
    /// <param name="program">The program.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Chromium> StartAsync(string program, CancellationToken cancellationToken)
    {
        Chromium browser = new();
        try
        {
            await browser.OpenAsync(program, cancellationToken);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a file as a page of its own.</summary>
    /// <param name="file">The file.</param>
    /// <param name="hasPolicy">
    /// Whether its content security policy holds; without it the page loads whatever it names.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the page.</param>
    public async Task<BrowserPage> OpenPageAsync(string file, bool hasPolicy, CancellationToken cancellationToken)
    {
        JsonNode target = await SendAsync(
            "Target.createTarget", new JsonObject { ["url"] = "about:blank" }, null, cancellationToken);
        JsonNode attached = await SendAsync(
            "Target.attachToTarget",
            new JsonObject { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true },
            null,
            cancellationToken);
        BrowserPage page = new(this, attached["sessionId"]!.GetValue<string>());
        await page.LoadAsync(file, hasPolicy, cancellationToken);
        return page;
    }

    /// <summary>Ends the process and deletes its profile.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }

        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _end.Dispose();
        _turn.Dispose();
        _profile.Dispose();
    }

    /// <summary>Tells of each event of a page.</summary>
    /// <param name="session">The page.</param>
    /// <param name="listener">Is told the method and the parameters.</param>
    internal void Listen(string session, Action<string, JsonNode> listener) => _listeners[session] = listener;

    internal async Task<JsonNode> SendAsync(
        string method, JsonObject parameters, string? session, CancellationToken cancellationToken)
    {
        int id = Interlocked.Increment(ref _last);
        TaskCompletionSource<JsonNode> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers[id] = answer;
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }

        return await answer.Task.WaitAsync(cancellationToken);
    }

    private async Task OpenAsync(string program, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--headless",
                // As root it does not start with one; what it opens here are pages of this project.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--remote-debugging-port=0",
                $"--user-data-dir={_profile.FullName}",
                "about:blank",
            },
        };
        TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> said = [];
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                address.TrySetException(new IOException($"{program} ended: {string.Join(" | ", said)}"));
            }
            else if (line.Data.StartsWith(Announcement, StringComparison.Ordinal))
            {
                address.TrySetResult(line.Data[Announcement.Length..]);
            }
            else
            {
                said.Add(line.Data);
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await _socket.ConnectAsync(new Uri(await address.Task.WaitAsync(cancellationToken)), cancellationToken);
        _reading = Task.Run(ReadAsync, CancellationToken.None);
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                Receive(await ReadMessageAsync());
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            foreach (TaskCompletionSource<JsonNode> answer in _answers.Values)
            {
                answer.TrySetException(new IOException("The browser ended.", exception));
            }
        }
    }

    private async Task<JsonNode> ReadMessageAsync()
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
            await message.WriteAsync(buffer.AsMemory(0, part.Count), _end.Token);
        }
        while (!part.EndOfMessage);

        return part.MessageType == WebSocketMessageType.Close
            ? throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely)
            : JsonNode.Parse(message.ToArray())!;
    }

    private void Receive(JsonNode message)
    {
        if (message["id"] is null)
        {
            if (_listeners.TryGetValue(message["sessionId"]?.GetValue<string>() ?? "", out var listener))
            {
                listener(message["method"]!.GetValue<string>(), message["params"]!);
            }
        }
        else if (_answers.TryRemove(message["id"]!.GetValue<int>(), out TaskCompletionSource<JsonNode>? answer))
        {
            if (message["error"] is { } error)
            {
                answer.TrySetException(new InvalidOperationException(error.ToJsonString()));
            }
            else
            {
                answer.TrySetResult(message["result"]!);
            }
        }
    }
}
