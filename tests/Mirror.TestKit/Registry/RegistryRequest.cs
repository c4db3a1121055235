namespace Mirror.TestKit.Registry;

/// <summary>A request as fault rules and log queries see it.</summary>
public sealed record RegistryRequest(string Method, string Path, string Query)
{
    /// <summary>The path taken apart.</summary>
    public RegistryRoute Route { get; } = RegistryRoute.Parse(Path);

    /// <summary>Whether this addresses a blob: any, or the one of that digest.</summary>
    public bool IsBlob(string? digest = null) =>
        Route.Kind == RouteKind.Blob && (digest is null || Route.Reference == digest);

    /// <summary>Whether this addresses a manifest: any, of that repository, or of that reference there.</summary>
    public bool IsManifest(string? repository = null, string? reference = null) =>
        Route.Kind == RouteKind.Manifest
        && (repository is null || Route.Repository == repository)
        && (reference is null || Route.Reference == reference);

    /// <summary>Whether this asks for a tag list: any, or of that repository.</summary>
    public bool IsTagList(string? repository = null) =>
        Route.Kind == RouteKind.Tags && (repository is null || Route.Repository == repository);

    /// <summary>Whether this belongs to an upload: any, or into that repository.</summary>
    public bool IsUpload(string? repository = null) =>
        Route.Kind is RouteKind.UploadStart or RouteKind.Upload
        && (repository is null || Route.Repository == repository);
}
