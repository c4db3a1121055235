using System.Collections.Concurrent;
using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Compares targets with what should be there, and writes nothing. Anything amiss is an error.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class D8MirrorCheck : TargetTask
{
    /// <summary>
    /// The tags that are not as they should be, also when the task fails because of them: the image at the target,
    /// with the metadata <c>Kind</c> (<c>Missing</c>, <c>Different</c> or <c>Damaged</c>), <c>Archive</c>,
    /// <c>Path</c>, <c>Tag</c>, <c>Digest</c> (what should be there), <c>Found</c> (what is there instead),
    /// <c>Content</c> (what a damaged image lacks) and <c>Registry</c> (the target).
    /// </summary>
    [Output]
    public ITaskItem[] Missing { get; set; } = [];

    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        FoundProgress found = new(run.Progress);
        try
        {
            MirrorCheckResult result = await run.Engine
                .CheckAsync(run.Read<MirrorCheckSettings>(MirrorVerb.Check), found, cancellationToken)
                .ConfigureAwait(false);
            StateId = result.StateId;
            return result.ToString();
        }
        finally
        {
            Missing = found.Missing;
        }
    }

    /// <summary>Keeps what was found wrong: of a check that fails, only its events tell.</summary>
    private sealed class FoundProgress(IProgress<MirrorEvent> next) : IProgress<MirrorEvent>
    {
        private readonly ConcurrentQueue<CheckedTarget> _targets = new();

        public ITaskItem[] Missing =>
        [
            .. from target in _targets
               from finding in target.Findings
               select ReportItems.MissingAt(target, finding),
        ];

        public void Report(MirrorEvent value)
        {
            if (value is TargetChecked done)
            {
                _targets.Enqueue(done.Target);
            }

            next.Report(value);
        }
    }
}
