using Cake.Common;
using Cake.Core;
using Cake.DeckhouseMirror;
using Cake.Frosting;

namespace Airgap;

/// <summary>What all tasks share: the settings of both ends of the mirror.</summary>
public sealed class MirrorContext(ICakeContext context) : FrostingContext(context)
{
    /// <summary>The folder of the bundle.</summary>
    public string Bundle { get; } = context.Argument("bundle", "bundle");

    /// <summary>What is pulled from where; the licence comes from D8_MIRROR_LICENSE_TOKEN.</summary>
    public D8MirrorPullSettings Pull => new()
    {
        Source = this.Argument("source", "registry.deckhouse.ru/deckhouse/ee"),
        Insecure = this.HasArgument("insecure"),
        BundleDirectory = Bundle,
        IncludeModules = ["console", "sds-local-volume@^0.4.0"],
        GostDigest = true,
    };

    /// <summary>
    /// Where the bundle goes; the login comes from D8_MIRROR_REGISTRY_LOGIN and D8_MIRROR_REGISTRY_PASSWORD.
    /// </summary>
    public D8MirrorPushSettings Push => new()
    {
        Target = this.Argument("registry", "registry.example.com/deckhouse/ee"),
        Insecure = this.HasArgument("insecure"),
        BundleDirectory = Bundle,
    };
}
