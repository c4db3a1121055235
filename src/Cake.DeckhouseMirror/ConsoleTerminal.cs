namespace Cake.DeckhouseMirror;

/// <summary>The process's own console, which is also where Cake's log writes.</summary>
/// <param name="variables">The environment: it names CI systems, and terminals that can do nothing.</param>
/// <param name="isRedirected">Whether the output goes into a file or a pipe.</param>
internal sealed class ConsoleTerminal(IReadOnlyDictionary<string, string> variables, bool isRedirected) : ITerminal
{
    private const int UsualWidth = 80;

    // Some CI systems give their builds a terminal, and keep every frame of a live line.
    private static readonly string[] _marksOfCi =
        ["CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "TEAMCITY_VERSION", "JENKINS_URL", "BUILDKITE"];

    public bool IsInteractive =>
        !isRedirected
        && !Array.Exists(_marksOfCi, name => variables.GetValueOrDefault(name) is { Length: > 0 } and not "false")
        && variables.GetValueOrDefault("TERM") != "dumb";

    public int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth is > 0 and int width ? width : UsualWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    public void Write(string text) => Console.Write(text);
}
