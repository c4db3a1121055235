using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Mirror.Engine.Disk;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Credentials;

/// <summary>
/// Asks programs named <c>docker-credential-*</c> for a secret, by the protocol of docker-credential-helpers: the
/// server on the input of <c>get</c>, JSON or an excuse on its output. Neither may be long, nor long in coming.
/// </summary>
internal sealed class HelperCredentials(
    RunEnvironment environment,
    IDisk disk,
    TimeProvider time,
    Func<string, RunEnvironment, IHelperProgram> start)
{
    /// <summary>The user name that marks a secret as identity token.</summary>
    public const string TokenLogin = "<token>";

    private const string Prefix = "docker-credential-";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>How long the output of a program that has ended is read.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Asks a helper by its name without <c>docker-credential-</c>.</summary>
    /// <returns>The login; <see langword="null"/> when the helper has none.</returns>
    /// <exception cref="MirrorException">
    /// The name is none (D8M2022), there is no such program (D8M2023), or it failed (D8M2024).
    /// </exception>
    public async Task<RegistryLogin?> GetAsync(
        string name, string server, CredentialPlace place, CancellationToken cancellationToken)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw new MirrorException(place.Unusable("it names a credential helper with an invalid program name"));
        }

        string program = Prefix + name;
        string path = FindProgram(program) ?? throw new MirrorException(place.HelperMissing(program));
        (int exitCode, ReadOnlyMemory<byte> output) = await RunAsync(path, server, program, place, cancellationToken)
            .ConfigureAwait(false);
        if (exitCode != 0)
        {
            return Encoding.UTF8.GetString(output.Span)
                .Contains("credentials not found", StringComparison.OrdinalIgnoreCase)
                    ? null
                    : throw new MirrorException(place.HelperFailed(program, $"ended with exit code {exitCode}"));
        }

        return TryRead(output, out Credential? login)
            ? LoginOf(login!, program, place)
            : throw new MirrorException(place.HelperFailed(program, "gave an answer that is not a credential"));
    }

    private static RegistryLogin? LoginOf(Credential login, string program, CredentialPlace place)
    {
        if (login.Login == TokenLogin)
        {
            return new RegistryLogin($"the identity token of {program}, named by {place}")
            {
                Identity = new IdentityToken(login.Password),
                Tool = place.Tool,
            };
        }

        return login.Login.Length + login.Password.Length == 0 ? null
            : new RegistryLogin($"the login of {program}, named by {place}") { Basic = login, Tool = place.Tool };
    }

    // Only full paths: a relative one in PATH means the current folder, which belongs to whoever wrote the build.
    private string? FindProgram(string program)
    {
        string file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (environment.FirstOf("PATH", "Path") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(disk.FileExists);
    }

    private async Task<(int ExitCode, ReadOnlyMemory<byte> Output)> RunAsync(
        string path, string server, string program, CredentialPlace place, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(Limit, time);
        using CancellationTokenSource ending =
            CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using IHelperProgram helper = start(path, environment);
            await WriteAsync(helper.Input, server, ending.Token).ConfigureAwait(false);
            Task<int> end = helper.WaitAsync(ending.Token);
            byte[] output = new byte[OciLimits.HelperBytes + 1];
            int length = await ReadAsync(helper.Output, output, DrainedAsync(end, ending.Token), ending.Token)
                .ConfigureAwait(false);
            return length <= OciLimits.HelperBytes
                ? (await end.ConfigureAwait(false), output.AsMemory(0, length))
                : throw new MirrorException(place.HelperFailed(
                    program, $"wrote more than {OciLimits.HelperBytes} bytes"));
        }
        catch (OperationCanceledException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new MirrorException(
                place.HelperFailed(program, $"did not end within {Limit.TotalSeconds:0} s"), exception);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            throw new MirrorException(
                place.HelperFailed(program, $"could not be run as '{path}' ({exception.Message})"), exception);
        }
    }

    /// <summary>
    /// Reads until the output ends or is full; or until the program has ended and what it wrote has been read: another
    /// program that it left behind may keep the output open.
    /// </summary>
    private static async Task<int> ReadAsync(
        Stream output, byte[] buffer, Task drained, CancellationToken cancellationToken)
    {
        int length = 0;
        while (length < buffer.Length)
        {
            // A pipe may not heed the token; the end of the program, which follows, ends the read.
            Task<int> reading = output.ReadAsync(buffer.AsMemory(length), cancellationToken).AsTask();
            await Task.WhenAny(reading, drained).WaitAsync(cancellationToken).ConfigureAwait(false);
            int read = reading.IsCompleted ? await reading.ConfigureAwait(false) : 0;
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return length;
    }

    private async Task DrainedAsync(Task end, CancellationToken cancellationToken)
    {
        await end.ConfigureAwait(false);
        await Task.Delay(Drain, time, cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteAsync(Stream input, string server, CancellationToken cancellationToken)
    {
        try
        {
            await input.WriteAsync(Encoding.UTF8.GetBytes(server), cancellationToken).ConfigureAwait(false);
            await input.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It ended without reading; its exit code and output tell more.
        }
    }

    internal static bool TryRead(ReadOnlyMemory<byte> output, out Credential? login)
    {
        login = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(output);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("Username", out JsonElement name) || name.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("Secret", out JsonElement secret) || secret.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            login = new Credential(name.GetString()!, secret.GetString()!);
            return !login.Login.Contains(':', StringComparison.Ordinal)
                && (login.Login != TokenLogin || login.Password.Length > 0);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter: a text that is no Unicode.
            return false;
        }
    }
}

/// <summary>A credential helper that runs. Disposing it ends it, and what it started, if it still runs.</summary>
internal interface IHelperProgram : IDisposable
{
    /// <summary>What it reads; disposed, it is at its end.</summary>
    Stream Input { get; }

    /// <summary>What it writes as its answer; what it writes besides is dropped.</summary>
    Stream Output { get; }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    Task<int> WaitAsync(CancellationToken cancellationToken);
}
