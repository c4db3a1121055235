using System.Collections.Immutable;
using Cake.Core;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

/// <summary>
/// Makes the paths of settings absolute as Cake does: from Cake's working directory, never the process's. A path that
/// is empty stays so, for the engine to report it with the other faults.
/// </summary>
internal sealed class CakePaths(ICakeEnvironment environment)
{
    public MirrorPullSettings Resolve(MirrorPullSettings settings) => settings with
    {
        BundleDirectory = Folder(settings.BundleDirectory),
        CaFile = File(settings.CaFile),
        ClientCertificateFile = File(settings.ClientCertificateFile),
        ClientKeyFile = File(settings.ClientKeyFile),
        TmpDirectory = Folder(settings.TmpDirectory),
        ReportFile = File(settings.ReportFile),
        Source = Resolve(settings.Source),
    };

    public MirrorPushSettings Resolve(MirrorPushSettings settings) => settings with
    {
        BundleDirectory = Folder(settings.BundleDirectory),
        Files = Files(settings.Files),
        CaFile = File(settings.CaFile),
        ClientCertificateFile = File(settings.ClientCertificateFile),
        ClientKeyFile = File(settings.ClientKeyFile),
        TmpDirectory = Folder(settings.TmpDirectory),
        ReportFile = File(settings.ReportFile),
        Target = Resolve(settings.Target),
    };

    public MirrorSyncSettings Resolve(MirrorSyncSettings settings) => settings with
    {
        CaFile = File(settings.CaFile),
        ClientCertificateFile = File(settings.ClientCertificateFile),
        ClientKeyFile = File(settings.ClientKeyFile),
        TmpDirectory = Folder(settings.TmpDirectory),
        ReportFile = File(settings.ReportFile),
        Source = Resolve(settings.Source),
        Target = Resolve(settings.Target),
    };

    public MirrorVerifySettings Resolve(MirrorVerifySettings settings) => settings with
    {
        BundleDirectory = Folder(settings.BundleDirectory),
        Files = Files(settings.Files),
        ReportFile = File(settings.ReportFile),
    };

    public MirrorVerifyGostDigestSettings Resolve(MirrorVerifyGostDigestSettings settings) => settings with
    {
        BundleDirectory = Folder(settings.BundleDirectory),
        Files = Files(settings.Files),
        ReportFile = File(settings.ReportFile),
    };

    private RegistryEndpoint Resolve(RegistryEndpoint endpoint) =>
        endpoint is null ? endpoint! : endpoint with
        {
            CaFile = File(endpoint.CaFile),
            ClientCertificateFile = File(endpoint.ClientCertificateFile),
            ClientKeyFile = File(endpoint.ClientKeyFile),
        };

    private ImmutableArray<string> Files(ImmutableArray<string> paths) =>
        paths.IsDefaultOrEmpty ? paths : [.. paths.Select(path => File(path)!)];

    // The engine takes null for a required path as it takes an empty one.
    private string Folder(string? path) => string.IsNullOrWhiteSpace(path)
        ? path!
        : new DirectoryPath(path).MakeAbsolute(environment).FullPath;

    private string? File(string? path) => string.IsNullOrWhiteSpace(path)
        ? path
        : new FilePath(path).MakeAbsolute(environment).FullPath;
}
