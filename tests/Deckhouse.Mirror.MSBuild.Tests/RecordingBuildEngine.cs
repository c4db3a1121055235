using System.Collections;
using Microsoft.Build.Framework;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>Plays MSBuild for one task: keeps what is logged, in order, with the thread that logged it.</summary>
internal sealed class RecordingBuildEngine : IBuildEngine
{
    private readonly List<(BuildEventArgs Event, int Thread)> _log = [];

    public IEnumerable<BuildErrorEventArgs> Errors => Of<BuildErrorEventArgs>();

    public IEnumerable<BuildWarningEventArgs> Warnings => Of<BuildWarningEventArgs>();

    public IEnumerable<BuildMessageEventArgs> Messages => Of<BuildMessageEventArgs>();

    public IEnumerable<int> Threads => _log.Select(entry => entry.Thread);

    /// <summary>Everything that a log could show.</summary>
    public string Text => string.Join('\n', _log.Select(entry => entry.Event.Message));

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 7;

    public int ColumnNumberOfTaskNode => 5;

    public string ProjectFileOfTaskNode => "Deckhouse.Mirror.MSBuild.targets";

    public IEnumerable<string> MessagesOf(MessageImportance importance) =>
        Messages.Where(message => message.Importance == importance).Select(message => message.Message!);

    public void LogErrorEvent(BuildErrorEventArgs e) => Add(e);

    public void LogWarningEvent(BuildWarningEventArgs e) => Add(e);

    public void LogMessageEvent(BuildMessageEventArgs e) => Add(e);

    public void LogCustomEvent(CustomBuildEventArgs e) => Add(e);

    public bool BuildProjectFile(
        string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();

    private IEnumerable<T> Of<T>()
        where T : BuildEventArgs => _log.Select(entry => entry.Event).OfType<T>();

    private void Add(BuildEventArgs e) => _log.Add((e, Environment.CurrentManagedThreadId));
}
