using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// Where commands to CI systems go: straight to standard output, past MSBuild's loggers. No logger shows a message at
/// every verbosity, the terminal logger shows none at all, and the console logger indents and colours.
/// </summary>
internal static class CommandOutput
{
    // What starts a process of MSBuild that is not the one that the user started, with a number for its kind.
    private static readonly string[] _nodeOptions = ["/nodemode:", "-nodemode:"];

    // A server that stands in for the process that the user started: it sends what is printed on to that one.
    private const string ServerNode = "8";

    // Loggers that agents of Azure Pipelines and TeamCity add to a build, and that report its errors and warnings.
    private static readonly string[] _agentLoggers =
    [
        "Microsoft.TeamFoundation.DistributedTask.MSBuild.Logger",
        "TeamCity.MSBuild.Logger",
        "JetBrains.BuildServer.MSBuildLoggers",
    ];

    /// <summary>
    /// Standard output; <see langword="null"/> in a worker process, where it leads nowhere and only a message of the
    /// log reaches the user.
    /// </summary>
    /// <param name="arguments">The command line of this process.</param>
    public static TextWriter? Find(IEnumerable<string> arguments) =>
        arguments.Any(IsWorker) ? null : Console.Out;

    /// <summary>
    /// Marks faults for the CI system, unless a logger of its agent does so: nothing is to be shown twice.
    /// </summary>
    /// <param name="arguments">The command line of this process.</param>
    /// <param name="variables">The environment variables; by default those of the process.</param>
    public static CiAnnotations? FindAnnotations(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables) =>
        arguments.Any(argument => Array.Exists(
            _agentLoggers, logger => argument.Contains(logger, StringComparison.OrdinalIgnoreCase)))
            ? null
            : new CiAnnotations(variables);

    private static bool IsWorker(string argument) => Array.Exists(
        _nodeOptions,
        option => argument.StartsWith(option, StringComparison.OrdinalIgnoreCase)
            && argument[option.Length..] != ServerNode);
}
