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
    private readonly TaskCompletionSource<string> _host = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private bool _isStarted;

    private DockerRegistry(string program, string? passwords)
    {
        var config = _folder.Combine("config.yml");
        var passwordFile = _folder.Combine("htpasswd");
        File.WriteAllText(passwordFile, passwords ?? "");
        File.WriteAllText(
            config, Configuration(_folder.Combine("store"), passwords is null ? null : passwordFile));
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(program, ["serve", config])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, line) => Notice(line.Data);
        _process.ErrorDataReceived += (_, line) => Notice(line.Data);
        _process.Exited += (_, _) => _host.TrySetException(
            new InvalidOperationException("docker-registry ended before it listened."));
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
    public static async Task<DockerRegistry> StartAsync(
        string program,
        string? passwords = null,
        CancellationToken cancellationToken = default)
    {
        var registry = new DockerRegistry(program, passwords);
        try
        {
            registry._isStarted = registry._process.Start();
            registry._process.BeginOutputReadLine();
            registry._process.BeginErrorReadLine();
            registry.Host = await registry._host.Task.WaitAsync(StartLimit, cancellationToken);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isStarted && !_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private static string Configuration(string store, string? passwordFile) =>
        (passwordFile is null ? "" : $"auth:\n  htpasswd:\n    realm: kit\n    path: {passwordFile}\n") +
        $"""
        version: 0.1
        log:
          level: info
          accesslog:
            disabled: true
        storage:
          filesystem:
            rootdirectory: {store}
          delete:
            enabled: true
          maintenance:
            uploadpurging:
              enabled: false
        http:
          addr: 127.0.0.1:0
          secret: loopback-only
        """;

    private void Notice(string? line)
    {
        if (line?.IndexOf(Announcement, StringComparison.Ordinal) is { } at && at >= 0)
        {
            var rest = line[(at + Announcement.Length)..];
            _host.TrySetResult(rest[..rest.IndexOfAny([' ', '"', ','])]);
        }
    }
}
