using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Settings.Checks;

/// <summary>The settings of a pull after <see cref="SettingsCheck"/>.</summary>
/// <param name="Settings">
/// Complete: rules are parsed, defaults filled in, includes have won over excludes; no array is default, and no secret
/// is left.
/// </param>
/// <param name="Source">The source, with its credential.</param>
/// <param name="Warnings">What a user should know before the run.</param>
internal sealed record CheckedPullSettings(
    MirrorPullSettings Settings, RegistryAccess Source, ImmutableArray<Fault> Warnings);
