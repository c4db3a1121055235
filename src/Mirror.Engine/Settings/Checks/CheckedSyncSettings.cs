namespace Mirror.Engine.Settings.Checks;

/// <summary>The settings of a sync after <see cref="SettingsCheck"/>: those of its pull and of its push.</summary>
/// <param name="Pull">What to take; there is no bundle.</param>
/// <param name="Push">Where it goes; there are no files.</param>
/// <param name="TmpDirectory">
/// For the metadata that planning reads. It belongs to this target, so that syncs to others may run.
/// </param>
/// <param name="Warnings">What a user should know before the run.</param>
internal sealed record CheckedSyncSettings(
    CheckedPullSettings Pull, CheckedPushSettings Push, string TmpDirectory, ImmutableArray<Fault> Warnings);
