using System.Diagnostics;
using Mirror.TestKit.Files;

namespace Mirror.TestKit.Processes;

/// <summary>
/// A real docker-registry on loopback with a folder of its own; both go away on dispose. It chooses its port itself and
/// says so in its log: asking for a free port beforehand would leave a gap in which somebody else takes it.
/// </summary>
public sealed class DockerRegistry : IAsyncDisposable
{
    private const string Announcement = "listening on ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly string _program;
    private readonly string? _passwordFile;
    private readonly Action<string>? _accessLine;
    private string? _upstream;
    private Process? _process;

    private DockerRegistry(string program, string? passwords, Action<string>? accessLine)
    {
        _program = program;
        _accessLine = accessLine;
        if (passwords is not null)
        {
            _passwordFile = _folder.Combine("htpasswd");
            File.WriteAllText(_passwordFile, passwords);
        }
    }

    /// <summary>Where it listens: <c>127.0.0.1:PORT</c>.</summary>
    public string Host { get; private set; } = "";

    /// <summary>The folder it stores in.</summary>
    public string StoreFolder => _folder.Combine("store");

    /// <summary>
    /// Starts the program found by <see cref="RealParts.Find"/>; it answers when this returns. It flushes every file it
    /// writes, so filling it takes a while; still its store is on disk, because a run that is killed leaves it behind.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="passwords">Lines of an htpasswd file (bcrypt): who is let in; null: everybody.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static Task<DockerRegistry> StartAsync(
        string program,
        string? passwords = null,
        CancellationToken cancellationToken = default) =>
        StartAsync(new DockerRegistry(program, passwords, null), cancellationToken);

    /// <summary>
    /// Starts one that lets everybody in, writes an access log and remembers what it looked up, as Debian sets it up.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="accessLine">Is told each line that the registry prints, those of the access log among them.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static Task<DockerRegistry> StartLoggedAsync(
        string program, Action<string> accessLine, CancellationToken cancellationToken) =>
        StartAsync(new DockerRegistry(program, null, accessLine), cancellationToken);

    /// <summary>Starts one that is a cache of another registry, and takes no uploads.</summary>
    /// <param name="program">The program.</param>
    /// <param name="upstream">The other registry, which speaks plain HTTP.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static Task<DockerRegistry> StartCacheAsync(
        string program, string upstream, CancellationToken cancellationToken) =>
        StartAsync(new DockerRegistry(program, null, null) { _upstream = upstream }, cancellationToken);

    private static async Task<DockerRegistry> StartAsync(DockerRegistry registry, CancellationToken cancellationToken)
    {
        try
        {
            await registry.ListenAsync("127.0.0.1:0", cancellationToken);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it and starts it again with what it stores, on a loopback address that is free.</summary>
    /// <param name="host">The address, such as that of a registry that was disposed.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public async Task MoveAsync(string host, CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await ListenAsync(host, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task ListenAsync(string host, CancellationToken cancellationToken)
    {
        var config = _folder.Combine("config.yml");
        await File.WriteAllTextAsync(config, Configuration(host), cancellationToken);
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(_program, ["serve", config])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, line) => Notice(listening, line.Data);
        _process.ErrorDataReceived += (_, line) => Notice(listening, line.Data);
        _process.Exited += (_, _) => listening.TrySetException(
            new InvalidOperationException("docker-registry ended before it listened."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Host = await listening.Task.WaitAsync(StartLimit, cancellationToken);
    }

    private async Task StopAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private string Configuration(string host) =>
        (_passwordFile is null ? "" : $"auth:\n  htpasswd:\n    realm: kit\n    path: {_passwordFile}\n") +
        (_upstream is null ? "" : $"proxy:\n  remoteurl: http://{_upstream}\n") +
        $"""
        version: 0.1
        log:
          level: info
          accesslog:
            disabled: {(_accessLine is null ? "true" : "false")}
        storage:
        {(_accessLine is null ? "" : "  cache:\n    blobdescriptor: inmemory\n")}  filesystem:
            rootdirectory: {StoreFolder}
          delete:
            enabled: true
          maintenance:
            uploadpurging:
              enabled: false
        http:
          addr: {host}
          secret: loopback-only
        """;

    private void Notice(TaskCompletionSource<string> listening, string? line)
    {
        if (line is not null)
        {
            _accessLine?.Invoke(line);
        }

        if (line?.IndexOf(Announcement, StringComparison.Ordinal) is { } at && at >= 0)
        {
            var rest = line[(at + Announcement.Length)..];
            listening.TrySetResult(rest[..rest.IndexOfAny([' ', '"', ','])]);
        }
    }
}
