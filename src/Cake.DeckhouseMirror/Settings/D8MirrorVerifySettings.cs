namespace Cake.DeckhouseMirror;

/// <summary>
/// Which bundle to verify: archives whole, every digest true, every image complete (docs/cake-settings.md).
/// </summary>
public sealed partial class D8MirrorVerifySettings : D8MirrorSettings;
