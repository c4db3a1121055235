using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Mirror.TestKit.Browser;

/// <summary>
/// A page of a <see cref="Chromium"/>: how it is laid out, what it asks the network for, how it looks.
/// </summary>
public sealed class BrowserPage
{
    private readonly Chromium _browser;
    private readonly string _session;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, string> _requests = new();

    internal BrowserPage(Chromium browser, string session)
    {
        _browser = browser;
        _session = session;
    }

    /// <summary>The addresses that the page asked for, itself among them.</summary>
    public IReadOnlyCollection<string> Requests => [.. _requests.Values];

    /// <summary>Sets the size of the window in pixels of CSS.</summary>
    /// <param name="width">The width.</param>
    /// <param name="height">The height.</param>
    /// <param name="cancellationToken">Ends the wait for the browser.</param>
    public Task ResizeAsync(int width, int height, CancellationToken cancellationToken) => SendAsync(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false },
        cancellationToken);

    /// <summary>Shows the page as another medium, or to a reader with another preference.</summary>
    /// <param name="medium"><c>screen</c> or <c>print</c>.</param>
    /// <param name="scheme"><c>light</c> or <c>dark</c>.</param>
    /// <param name="cancellationToken">Ends the wait for the browser.</param>
    public Task ShowAsAsync(string medium, string scheme, CancellationToken cancellationToken) => SendAsync(
        "Emulation.setEmulatedMedia",
        new JsonObject
        {
            ["media"] = medium,
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        },
        cancellationToken);

    /// <summary>The value of an expression in the page.</summary>
    /// <param name="script">JavaScript; its value must be one of JSON.</param>
    /// <param name="cancellationToken">Ends the wait for the browser.</param>
    public async Task<JsonNode> EvaluateAsync(string script, CancellationToken cancellationToken)
    {
        JsonNode answer = await SendAsync(
            "Runtime.evaluate",
            new JsonObject { ["expression"] = script, ["returnByValue"] = true },
            cancellationToken);
        return answer["exceptionDetails"] is { } failure
            ? throw new InvalidOperationException(failure.ToJsonString())
            : answer["result"]!["value"]!;
    }

    /// <summary>The page as a picture in PNG.</summary>
    /// <param name="cancellationToken">Ends the wait for the browser.</param>
    public Task<byte[]> DrawAsync(CancellationToken cancellationToken) => DataAsync(
        "Page.captureScreenshot", new JsonObject { ["format"] = "png" }, cancellationToken);

    /// <summary>The page as it is printed, in PDF.</summary>
    /// <param name="cancellationToken">Ends the wait for the browser.</param>
    public async Task<byte[]> PrintAsync(CancellationToken cancellationToken)
    {
        // A medium that is emulated would be printed.
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = "" }, cancellationToken);
        return await DataAsync(
            "Page.printToPDF", new JsonObject { ["printBackground"] = true }, cancellationToken);
    }

    internal async Task LoadAsync(string file, bool hasPolicy, CancellationToken cancellationToken)
    {
        _browser.Listen(_session, Receive);
        foreach (string domain in (string[])["Page", "Network", "Runtime"])
        {
            await SendAsync($"{domain}.enable", [], cancellationToken);
        }

        await SendAsync("Page.setBypassCSP", new JsonObject { ["enabled"] = !hasPolicy }, cancellationToken);
        await SendAsync(
            "Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri }, cancellationToken);
        await _loaded.Task.WaitAsync(cancellationToken);
    }

    private void Receive(string method, JsonNode parameters)
    {
        if (method == "Network.requestWillBeSent")
        {
            _requests[IdOf(parameters)] = parameters["request"]!["url"]!.GetValue<string>();
        }
        else if (method == "Network.loadingFailed" && parameters["blockedReason"] is not null)
        {
            // It was announced, and then the policy of the page kept it from being sent.
            _requests.TryRemove(IdOf(parameters), out _);
        }
        else if (method == "Page.loadEventFired")
        {
            _loaded.TrySetResult();
        }
    }

    private static string IdOf(JsonNode parameters) => parameters["requestId"]!.GetValue<string>();

    private async Task<byte[]> DataAsync(string method, JsonObject parameters, CancellationToken cancellationToken) =>
        Convert.FromBase64String(
            (await SendAsync(method, parameters, cancellationToken))["data"]!.GetValue<string>());

    private Task<JsonNode> SendAsync(string method, JsonObject parameters, CancellationToken cancellationToken) =>
        _browser.SendAsync(method, parameters, _session, cancellationToken);
}
