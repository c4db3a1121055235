namespace Cake.DeckhouseMirror;

/// <summary>
/// Which GOST sums to verify: the <c>.gostsum</c> files beside archives (docs/cake-settings.md).
/// </summary>
public sealed partial class D8MirrorVerifyGostDigestSettings : D8MirrorSettings;
