using System.Text;
using Mirror.Engine.Registry.Credentials;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A credential helper that answers from memory, or never.</summary>
internal sealed class ScriptedProgram(Stream output, int exitCode) : IHelperProgram
{
    private readonly MemoryStream _input = new();

    public bool IsDisposed { get; private set; }

    /// <summary>Whether it never ends by itself.</summary>
    public bool IsEndless { get; init; }

    public string Asked => Encoding.UTF8.GetString(_input.ToArray());

    public Stream Input => _input;

    public Stream Output => output;

    public static ScriptedProgram Answering(string output, int exitCode = 0) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(output)), exitCode);

    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        if (IsEndless)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        return exitCode;
    }

    public void Dispose() => IsDisposed = true;
}
