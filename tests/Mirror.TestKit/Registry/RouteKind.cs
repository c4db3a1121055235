namespace Mirror.TestKit.Registry;

/// <summary>What a request path addresses.</summary>
public enum RouteKind
{
    /// <summary>Nothing the registry knows.</summary>
    Unknown,

    /// <summary><c>/v2/</c>.</summary>
    Base,

    /// <summary><c>/v2/_catalog</c>.</summary>
    Catalog,

    /// <summary>The tag list of a repository.</summary>
    Tags,

    /// <summary>A manifest by tag or digest.</summary>
    Manifest,

    /// <summary>A blob by digest.</summary>
    Blob,

    /// <summary>The manifests that refer to a digest.</summary>
    Referrers,

    /// <summary>The start of an upload.</summary>
    UploadStart,

    /// <summary>An upload under way.</summary>
    Upload,
}
