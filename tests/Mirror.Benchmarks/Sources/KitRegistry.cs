using System.Diagnostics;
using System.Globalization;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks.Sources;

/// <summary>
/// The test kit's registry in a process of its own. It ends with its input, so it never outlives this program.
/// </summary>
internal sealed class KitRegistry : IAsyncDisposable
{
    private const string Announcement = "listening on ";
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private KitRegistry(Process process, string host)
    {
        _process = process;
        Host = host;
    }

    /// <summary>Where it listens.</summary>
    public string Host { get; }

    /// <summary>Serves a seeded source; it answers once every byte was hashed.</summary>
    public static Task<KitRegistry> ServeAsync(SeededSourceOptions options, CancellationToken cancellationToken) =>
        StartAsync(
            [
                "serve",
                "--source", "seeded",
                "--seed", Text(options.Seed),
                "--size", Text(options.TotalBytes),
                "--references", Text(options.References),
                "--shared", Text(options.SharedShare),
                "--modules", Text(options.Modules),
            ],
            cancellationToken);

    /// <summary>An empty one that checks what is pushed and keeps no blob's bytes.</summary>
    public static Task<KitRegistry> DiscardAsync(CancellationToken cancellationToken) =>
        StartAsync(["discard"], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using CancellationTokenSource late = new(EndLimit);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<KitRegistry> StartAsync(string[] arguments, CancellationToken cancellationToken)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Mirror.TestKit.dll");
        Process process = Process.Start(
            new ProcessStartInfo("dotnet", [program, .. arguments, "--until-stdin-closes"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
            return line?.StartsWith(Announcement, StringComparison.Ordinal) == true
                ? new KitRegistry(process, line[Announcement.Length..])
                : throw new BenchFailureException($"The test kit's registry did not start: {line}");
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
