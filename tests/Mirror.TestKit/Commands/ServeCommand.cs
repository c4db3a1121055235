using System.Runtime.InteropServices;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;

namespace Mirror.TestKit.Commands;

/// <summary>Serves a source, or an empty registry that keeps no blob's bytes, until it is told to stop.</summary>
internal sealed class ServeCommand(ReadOnlySpan<string> arguments, TextWriter output, bool discards = false)
{
    private static readonly string[] Names =
        ["--port", "--user", "--password-variable", "--ready-file", "--request-log"];

    private readonly CommandOptions _options = discards
        ? new(arguments, Names, ["--until-stdin-closes"])
        : new(arguments, [.. Names, .. SourceChoice.Names],
            ["--empty", "--until-stdin-closes", SourceChoice.HasDeckhouseCli]);

    public async Task RunAsync()
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = StopOn(PosixSignal.SIGINT, stop);
        using var terminate = StopOn(PosixSignal.SIGTERM, stop);
        if (_options.Has("--until-stdin-closes"))
        {
            // The task ends with the process; nobody waits for it.
            _ = Task.Run(() => StopAtEndAsync(stop));
        }

        await using var log = OpenLog();
        await using var registry = await TestRegistry.StartAsync(new TestRegistryOptions
        {
            Port = _options.Number("--port", 0),
            Content = discards || _options.Has("--empty") ? new ContentSet() : SourceChoice.Load(_options),
            KeepsBlobs = !discards,
            Credential = Credential(),
        });
        if (log is not null)
        {
            registry.Requests.Observe(record => log.WriteLine(record.ToLine()));
        }

        await output.WriteLineAsync($"listening on {registry.Host}");
        await output.FlushAsync();
        await WriteReadyFileAsync(registry.Host);
        await stop.Task;
        if (discards)
        {
            var taken = registry.UploadedBlobs;
            await output.WriteLineAsync($"took {taken.Count} blobs of {taken.Sum(blob => blob.Size)} bytes");
        }
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, TaskCompletionSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.TrySetResult();
        });

    private static async Task StopAtEndAsync(TaskCompletionSource stop)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (await input.ReadAsync(buffer) > 0)
        {
            // What is typed does not matter.
        }

        stop.TrySetResult();
    }

    private TestCredential? Credential()
    {
        if (_options.Text("--user") is not { } user)
        {
            return null;
        }

        var variable = _options.Required("--password-variable");
        var password = Environment.GetEnvironmentVariable(variable);
        return new TestCredential(user, password ?? throw new UsageException($"{variable} is not set"));
    }

    private StreamWriter? OpenLog() => _options.Text("--request-log") is { } path
        ? new StreamWriter(path, append: true) { AutoFlush = true }
        : null;

    // Renamed into place: whoever sees the file can read all of it.
    private async Task WriteReadyFileAsync(string host)
    {
        if (_options.Text("--ready-file") is { } path)
        {
            var draft = path + ".part";
            await File.WriteAllTextAsync(draft, host + "\n");
            File.Move(draft, path, overwrite: true);
        }
    }
}
