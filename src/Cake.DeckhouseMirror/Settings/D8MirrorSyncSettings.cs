namespace Cake.DeckhouseMirror;

/// <summary>
/// What to copy from a Deckhouse source straight into a registry, without a bundle (docs/cake-settings.md). Each end
/// has a login of its own: <see cref="D8MirrorRegistrySettings.Credential"/>, which does not say for which end it is,
/// is
/// refused (D8M1004).
/// </summary>
public sealed partial class D8MirrorSyncSettings : D8MirrorSelectionSettings;
