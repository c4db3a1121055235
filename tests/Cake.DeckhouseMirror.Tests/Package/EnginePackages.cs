using System.Text.Json;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>What the engine's project was restored with, as its lock file says.</summary>
internal sealed class EnginePackages
{
    private readonly Dictionary<string, LockedPackage> _packages;

    private EnginePackages(Dictionary<string, LockedPackage> packages) => _packages = packages;

    /// <summary>Every package with its version, those that only analyze too.</summary>
    public IEnumerable<(string Id, string Version)> All =>
        _packages.Select(package => (package.Key, package.Value.Version));

    public static async Task<EnginePackages> ReadAsync(CancellationToken cancellationToken)
    {
        using JsonDocument locked = JsonDocument.Parse(await File.ReadAllTextAsync(
            Path.Combine(SourceTree.Root, "src/Mirror.Engine/packages.lock.json"), cancellationToken));
        return new EnginePackages(locked.RootElement.GetProperty("dependencies").GetProperty("net10.0")
            .EnumerateObject()
            .ToDictionary(package => package.Name, package => LockedPackage.Read(package.Value)));
    }

    public string VersionOf(string id) => _packages[id].Version;

    /// <summary>The packages that a package needs itself.</summary>
    public IEnumerable<string> NeedsOf(string id) => _packages[id].Needs;

    private sealed record LockedPackage(string Version, string[] Needs)
    {
        public static LockedPackage Read(JsonElement package) => new(
            package.GetProperty("resolved").GetString()!,
            package.TryGetProperty("dependencies", out JsonElement needs)
                ? [.. needs.EnumerateObject().Select(need => need.Name)]
                : []);
    }
}
