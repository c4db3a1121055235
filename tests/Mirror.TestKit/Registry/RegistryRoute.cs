namespace Mirror.TestKit.Registry;

/// <summary>
/// A request path taken apart. <paramref name="Reference"/> is a tag, a digest or an upload session, as the kind says.
/// </summary>
public sealed record RegistryRoute(RouteKind Kind, string Repository = "", string Reference = "")
{
    private const string Root = "/v2/";
    private const string TagsTail = "/tags/list";

    /// <summary>Takes a decoded path apart; a repository may itself contain the words of the API.</summary>
    public static RegistryRoute Parse(string path)
    {
        if (path is Root or "/v2")
        {
            return new RegistryRoute(RouteKind.Base);
        }

        if (!path.StartsWith(Root, StringComparison.Ordinal))
        {
            return new RegistryRoute(RouteKind.Unknown);
        }

        var rest = path[Root.Length..];
        if (rest == "_catalog")
        {
            return new RegistryRoute(RouteKind.Catalog);
        }

        if (rest.EndsWith(TagsTail, StringComparison.Ordinal) && rest.Length > TagsTail.Length)
        {
            return new RegistryRoute(RouteKind.Tags, rest[..^TagsTail.Length]);
        }

        return Split(rest, "/blobs/uploads/", RouteKind.Upload)
            ?? Split(rest, "/manifests/", RouteKind.Manifest)
            ?? Split(rest, "/blobs/", RouteKind.Blob)
            ?? Split(rest, "/referrers/", RouteKind.Referrers)
            ?? new RegistryRoute(RouteKind.Unknown);
    }

    private static RegistryRoute? Split(string rest, string word, RouteKind kind)
    {
        var at = rest.LastIndexOf(word, StringComparison.Ordinal);
        if (at <= 0)
        {
            return null;
        }

        var reference = rest[(at + word.Length)..];
        if (kind == RouteKind.Upload && reference.Length == 0)
        {
            return new RegistryRoute(RouteKind.UploadStart, rest[..at]);
        }

        return reference.Length == 0 || reference.Contains('/', StringComparison.Ordinal)
            ? null
            : new RegistryRoute(kind, rest[..at], reference);
    }
}
