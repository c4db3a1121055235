using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// What the tasks that read a Deckhouse source share: what to take from where (docs/settings.md#pull), and the images
/// as output.
/// </summary>
public abstract class SelectionTask : ConnectionTask
{
    private protected SelectionTask()
    {
    }

    /// <summary>The source: <c>host[:port]/path</c>. Default <c>registry.deckhouse.ru/deckhouse/ee</c>.</summary>
    public string? Source { get; set; }

    /// <summary>As <see cref="ConnectionTask.Insecure"/>, for the source only.</summary>
    public string? SourceInsecure { get; set; }

    /// <summary>As <see cref="ConnectionTask.TlsSkipVerify"/>, for the source only.</summary>
    public string? SourceTlsSkipVerify { get; set; }

    /// <summary>As <see cref="ConnectionTask.CaFile"/>, for the source only.</summary>
    public string? SourceCaFile { get; set; }

    /// <summary>As <see cref="ConnectionTask.ClientCertificateFile"/>, for the source only.</summary>
    public string? SourceClientCertificateFile { get; set; }

    /// <summary>As <see cref="ConnectionTask.ClientKeyFile"/>, for the source only.</summary>
    public string? SourceClientKeyFile { get; set; }

    /// <summary>As <see cref="ConnectionTask.ModulesPathSuffix"/>, for the source only.</summary>
    public string? SourceModulesPathSuffix { get; set; }

    /// <summary>
    /// User name for the source registry; the password comes from a variable. Default: <c>D8_MIRROR_SOURCE_LOGIN</c>.
    /// </summary>
    public string? SourceLogin { get; set; }

    /// <summary>
    /// The name of the variable with the source's password. Default: <c>D8_MIRROR_SOURCE_PASSWORD</c>.
    /// </summary>
    public string? SourcePasswordVariable { get; set; }

    /// <summary>
    /// The name of the variable with the licence token. Default: <c>D8_MIRROR_LICENSE_TOKEN</c>.
    /// </summary>
    public string? LicenseVariable { get; set; }

    /// <summary>The oldest platform release wanted. Default: none.</summary>
    public string? SinceVersion { get; set; }

    /// <summary>One platform release: a channel, a version or any build tag. Default: none.</summary>
    public string? DeckhouseTag { get; set; }

    /// <summary>Which platform releases, as constraint. Default: none.</summary>
    public string? IncludePlatform { get; set; }

    /// <summary><c>true</c>: treat suspended release channels as any other. Default <c>false</c>.</summary>
    public string? IgnoreSuspend { get; set; }

    /// <summary>
    /// Modules to pull: <c>name</c> with metadata <c>Version</c>, or <c>name@constraint</c>. Default: every module.
    /// </summary>
    public ITaskItem[] IncludeModules { get; set; } = [];

    /// <summary>Modules to leave out, in the same form. Default: none.</summary>
    public ITaskItem[] ExcludeModules { get; set; } = [];

    /// <summary>Packages to pull, in the same form. Default: every package.</summary>
    public ITaskItem[] IncludePackages { get; set; } = [];

    /// <summary>Packages to leave out, in the same form. Default: none.</summary>
    public ITaskItem[] ExcludePackages { get; set; } = [];

    /// <summary>
    /// CLI plugins to pull besides those of the platform and its modules, in the same form. Default: none.
    /// </summary>
    public ITaskItem[] IncludePlugins { get; set; } = [];

    /// <summary><c>true</c>: leave out the platform. Default <c>false</c>.</summary>
    public string? NoPlatform { get; set; }

    /// <summary><c>true</c>: leave out the security databases. Default <c>false</c>.</summary>
    public string? NoSecurityDb { get; set; }

    /// <summary><c>true</c>: leave out modules. Default <c>false</c>.</summary>
    public string? NoModules { get; set; }

    /// <summary><c>true</c>: leave out packages. Default <c>false</c>.</summary>
    public string? NoPackages { get; set; }

    /// <summary><c>true</c>: leave out the stand-alone installer. Default <c>false</c>.</summary>
    public string? NoInstaller { get; set; }

    /// <summary><c>true</c>: leave out CLI plugins, but those that are included. Default <c>false</c>.</summary>
    public string? NoPlugins { get; set; }

    /// <summary><c>true</c>: leave out the Deckhouse CLI (<c>d8</c>). Default <c>false</c>.</summary>
    public string? NoDeckhouseCli { get; set; }

    /// <summary><c>true</c>: of modules and packages pull only their extra images. Default <c>false</c>.</summary>
    public string? OnlyExtraImages { get; set; }

    /// <summary>The tag of the stand-alone installer. Default <c>latest</c>.</summary>
    public string? InstallerTag { get; set; }

    /// <summary>The tag of the Deckhouse CLI (<c>d8</c>). Default: the newest stable version.</summary>
    public string? DeckhouseCliTag { get; set; }

    /// <summary><c>true</c>: leave out VEX attestations. Default <c>false</c>.</summary>
    public string? SkipVexImages { get; set; }

    /// <summary><c>true</c>: the source cannot list tags; probe for versions. Default <c>false</c>.</summary>
    public string? ProxyRegistry { get; set; }

    /// <summary>Where metadata layers are kept while planning. Default: see docs/settings.md.</summary>
    public string? TmpDir { get; set; }

    /// <summary>How constraints select versions: <c>V025</c> (default) or <c>V033</c>.</summary>
    public string? SelectionRules { get; set; }

    /// <summary>
    /// The images of the plan, one item per image and archive: the image's reference, with the metadata
    /// <c>Repository</c>, <c>Tag</c>, <c>Digest</c>, <c>MediaType</c>, <c>Size</c> (bytes of manifest, config and
    /// layers), <c>Archive</c> and <c>Reason</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>The number of images over all archives.</summary>
    [Output]
    public long ImageCount { get; set; }

    /// <summary>Bytes to download: each piece of content once.</summary>
    [Output]
    public long TransferBytes { get; set; }

    private protected virtual void Return(MirrorPlan plan)
    {
        Images = [.. plan.Archives.SelectMany(ReportItems.ImagesOf)];
        ImageCount = plan.ImageCount;
        TransferBytes = plan.TransferBytes;
    }
}
