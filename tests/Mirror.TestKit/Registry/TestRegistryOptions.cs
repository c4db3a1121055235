using Mirror.TestKit.Content;

namespace Mirror.TestKit.Registry;

/// <summary>How a test registry is started.</summary>
public sealed record TestRegistryOptions
{
    /// <summary>The loopback port; 0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>What it holds at the start; it grows by pushes. Empty by default.</summary>
    public ContentSet Content { get; init; } = new();

    /// <summary>Ask for Basic authentication and let only this user in. Anonymous by default.</summary>
    public TestCredential? Credential { get; init; }

    /// <summary>The most tags or repositories on one page, whatever the client asks for.</summary>
    public int MaxPageSize { get; init; } = 1000;

    /// <summary>
    /// Delete tags, manifests and blobs when asked to, the default. False: every DELETE of one is refused with 405
    /// UNSUPPORTED; uploads under way can be cancelled all the same.
    /// </summary>
    public bool AllowDeletes { get; init; } = true;

    /// <summary>
    /// List referrers and confirm a pushed subject by <c>OCI-Subject</c>, the default. False: the list is a 404 and no
    /// subject is confirmed, as with a registry of distribution-spec 1.0.
    /// </summary>
    public bool HasReferrers { get; init; } = true;
}
