namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>A package that was restored on this machine.</summary>
/// <param name="Id">Its name, in lower case.</param>
/// <param name="Version">Its version.</param>
/// <param name="Path">The file.</param>
internal sealed record PackageFile(string Id, string Version, string Path)
{
    /// <summary>The cache of this machine.</summary>
    public static string Cache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : System.IO.Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Finds a package in the cache.</summary>
    public static PackageFile Restored(string id, string version)
    {
        string name = id.ToLowerInvariant();
        return new PackageFile(
            name, version, System.IO.Path.Combine(Cache, name, version, $"{name}.{version}.nupkg"));
    }
}
