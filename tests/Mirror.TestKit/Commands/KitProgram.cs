using Mirror.TestKit.Remote;

namespace Mirror.TestKit.Commands;

/// <summary>The kit as a program. Exit codes: 0 done, 1 failed, 2 not understood.</summary>
internal static class KitProgram
{
    private const string Help =
        $"""
        Test registry of Deckhouse Mirror. Loopback only, invented data only.

        serve   serves a source until SIGINT or SIGTERM
            --port N                port (default: a free one)
            --empty                 hold nothing at the start
            --user U                ask for Basic authentication and let only U in
            --password-variable V   the environment variable that holds U's password
            --ready-file PATH       written with host and port once it listens
            --request-log FILE      one line per request is appended
            --until-stdin-closes    stop when standard input closes, too
        {SourceChoice.Help}

        discard serves an empty registry that checks blobs and keeps their digests, not their bytes
            (the options of serve, but those of the source)

        fill    pushes a source into another registry over plain HTTP
            --registry HOST         host and port
            (and the options of the source, as above)

        dump    prints "repository tag digest" for everything another registry lists
            --registry HOST         host and port
        """;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (arguments is [] or ["help" or "--help" or "-h", ..])
        {
            await output.WriteLineAsync(Help);
            return 0;
        }

        try
        {
            await RunCommandAsync(arguments[0], arguments.AsMemory(1), output);
            return 0;
        }
        catch (UsageException exception)
        {
            await errors.WriteLineAsync($"{exception.Message}; run without arguments for help");
            return 2;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or ArgumentException)
        {
            await errors.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static Task RunCommandAsync(string command, ReadOnlyMemory<string> rest, TextWriter output) =>
        command switch
        {
            "serve" => new ServeCommand(rest.Span, output).RunAsync(),
            "discard" => new ServeCommand(rest.Span, output, discards: true).RunAsync(),
            "fill" => FillAsync(new CommandOptions(
                rest.Span, ["--registry", .. SourceChoice.Names], [SourceChoice.HasDeckhouseCli])),
            "dump" => DumpAsync(new CommandOptions(rest.Span, ["--registry"], []), output),
            _ => throw new UsageException($"unknown command {command}"),
        };

    private static async Task FillAsync(CommandOptions options)
    {
        using var filler = new RegistryFiller(options.Required("--registry"));
        await filler.FillAsync(SourceChoice.Load(options));
    }

    private static async Task DumpAsync(CommandOptions options, TextWriter output)
    {
        using var reader = new RegistryReader(options.Required("--registry"));
        foreach (var (repository, tag, digest) in await reader.ListAsync())
        {
            await output.WriteLineAsync($"{repository} {tag} {digest}");
        }
    }
}
