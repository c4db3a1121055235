using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Settings.Checks;

/// <summary>The settings of a push after <see cref="SettingsCheck"/>.</summary>
/// <param name="Settings">Complete; no array is default, and no secret is left.</param>
/// <param name="Target">The target, with its credential.</param>
/// <param name="BareRoot">
/// The repository path for what lies above an edition; <see langword="null"/>: to be found from the target's path.
/// </param>
/// <param name="Warnings">What a user should know before the run.</param>
internal sealed record CheckedPushSettings(
    MirrorPushSettings Settings, RegistryAccess Target, string? BareRoot, ImmutableArray<Fault> Warnings);
