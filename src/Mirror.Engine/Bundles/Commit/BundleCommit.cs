using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Records;

namespace Mirror.Engine.Bundles.Commit;

/// <summary>
/// Makes finished files visible as one step: a flushed record lists every rename and deletion, then they are done.
/// A run that stops in between is rolled forward by the next one. No step may undo an earlier one, because all are
/// repeated: what a rename replaces is not deleted first, or only while the new file waits for it.
/// </summary>
internal static class BundleCommit
{
    /// <summary>Writes the record, which is the point of no return, and performs it.</summary>
    public static void Run(BundleFolder folder, ImmutableArray<CommitStep> steps)
    {
        CommitRecord record = new() { Format = CommitRecord.CurrentFormat, Steps = steps };
        string part = BundleNames.Part(BundleNames.Commit);
        folder.WriteDurably(part, BundleJson.Write(record));
        // The parts' own names must be durable before a record relies on them.
        folder.Flush();
        folder.Rename(part, BundleNames.Commit);
        folder.Flush();
        Perform(folder, record);
    }

    /// <summary>Ends a commit that an earlier run began; without one, nothing happens.</summary>
    /// <returns>The final names that it gives to files.</returns>
    public static ImmutableHashSet<string> RollForward(BundleFolder folder)
    {
        if (!folder.Exists(BundleNames.Commit))
        {
            return [];
        }

        CommitRecord record = BundleJson.ReadCommit(folder.Read(BundleNames.Commit))
            ?? throw Damaged(folder, "it cannot be read");
        if (record.Steps.FirstOrDefault(step => !IsOurs(step)) is { } foreign)
        {
            throw Damaged(folder, $"no pull makes the step {Shown(foreign)}");
        }

        Perform(folder, record);
        return [.. record.Steps.Select(step => step.To).OfType<string>()];
    }

    private static void Perform(BundleFolder folder, CommitRecord record)
    {
        bool wasSign = record.Steps is [var first, ..] && first.IsSign;
        foreach (CommitStep step in record.Steps)
        {
            if (step.IsSign != wasSign)
            {
                // A sign must go before what it speaks of changes, and appear after it did, whatever a crash undoes.
                folder.Flush();
                wasSign = step.IsSign;
            }

            Perform(folder, step);
        }

        folder.Flush();
        folder.Delete(BundleNames.Commit);
        folder.Flush();
    }

    private static void Perform(BundleFolder folder, CommitStep step)
    {
        if (step.While is not null && !folder.Exists(step.While))
        {
            return;
        }

        if (step.To is null)
        {
            folder.Delete(step.From);
        }
        else if (folder.Exists(step.From))
        {
            folder.Rename(step.From, step.To);
        }
        else if (!folder.Exists(step.To))
        {
            throw Damaged(folder, $"neither '{step.From}' nor '{step.To}' is there");
        }
    }

    /// <summary>
    /// Whether a run of ours could have made the step. Others may write to the folder too, and a record is done without
    /// a question: it touches nothing but the files of a bundle, under their own names.
    /// </summary>
    private static bool IsOurs(CommitStep step) =>
        (step.To is null
            ? BundleNames.IsPublished(step.From)
                || (BundleNames.JournalledBy(step.From) is { } archive && BundleNames.IsArchive(archive))
            : BundleNames.IsPublished(step.To) && step.From == BundleNames.Part(step.To))
        && (step.While is null
            || (BundleNames.PublishedName(step.While) is { } awaited && BundleNames.IsPublished(awaited)));

    private static string Shown(CommitStep step) =>
        $"'{FoldedName.Shown(step.From)}'" + (step.To is null ? "" : $" to '{FoldedName.Shown(step.To)}'");

    private static MirrorException Damaged(BundleFolder folder, string why) => new(new Fault(
        FaultCode.CommitDamaged,
        $"'{folder.PathOf(BundleNames.Commit)}', left by a run that stopped while publishing, is unusable: {why}.",
        "Delete that file and the archives it names, then pull again. If no pull of yours left it, find out who else "
            + "writes to the folder."));
}
