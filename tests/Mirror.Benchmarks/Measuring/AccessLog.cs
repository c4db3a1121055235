using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Mirror.TestKit.Registry;

namespace Mirror.Benchmarks.Measuring;

/// <summary>Counts what a registry's access log says, by method and kind of request.</summary>
internal sealed partial class AccessLog
{
    private const string Mark = "/v2/?mark=";

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _marks = new(StringComparer.Ordinal);
    private int _mark;

    /// <summary>Takes a line of the registry's output.</summary>
    public void Notice(string line)
    {
        Match request = Request().Match(line);
        if (!request.Success)
        {
            return;
        }

        string path = request.Groups["path"].Value;
        if (_marks.TryRemove(path, out TaskCompletionSource? seen))
        {
            seen.TrySetResult();
            return;
        }

        int query = path.IndexOf('?', StringComparison.Ordinal);
        RouteKind kind = RegistryRoute.Parse(query < 0 ? path : path[..query]).Kind;
        _counts.AddOrUpdate($"{request.Groups["method"].Value} {kind}", 1, (_, count) => count + 1);
    }

    /// <summary>The counts since the last call. Everything that was answered before it is in them.</summary>
    /// <param name="host">The registry.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyDictionary<string, int>> TakeAsync(string host, CancellationToken cancellationToken)
    {
        string path = $"{Mark}{Interlocked.Increment(ref _mark)}";
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _marks[path] = seen;
        using SocketsHttpHandler direct = new() { UseProxy = false };
        using HttpClient http = new(direct);
        using HttpResponseMessage answer = await http.GetAsync(new Uri($"http://{host}{path}"), cancellationToken);
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        Dictionary<string, int> counts = _counts.ToDictionary(StringComparer.Ordinal);
        _counts.Clear();
        return counts;
    }

    [GeneratedRegex(@"""(?<method>[A-Z]+) (?<path>/\S*) HTTP/1\.[01]"" \d{3}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Request();
}
