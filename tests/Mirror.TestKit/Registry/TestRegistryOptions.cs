using System.Security.Cryptography.X509Certificates;
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
    /// Name the next page of a list by a link, the default. False: a list is cut without a word, as by registries that
    /// have a page length of their own.
    /// </summary>
    public bool LinksPages { get; init; } = true;

    /// <summary>
    /// List tags, the default. False: every request for a list is refused with 405 UNSUPPORTED, as by a proxy registry.
    /// </summary>
    public bool AllowTagLists { get; init; } = true;

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

    /// <summary>
    /// Mount blobs of other repositories, the default. False: a mount opens an upload (202), as registries do that
    /// refuse to.
    /// </summary>
    public bool AllowMounts { get; init; } = true;

    /// <summary>
    /// Keep the bytes of pushed blobs, the default. False: only their digests and sizes, for targets of any number of
    /// bytes. What was pushed is checked, found by HEAD and mounted all the same; GET of it is a 404.
    /// </summary>
    public bool KeepsBlobs { get; init; } = true;

    /// <summary>
    /// Take a tag once only: every further push of it, even of the same manifest, is refused with 409 TAG_INVALID.
    /// False by default.
    /// </summary>
    public bool ImmutableTags { get; init; }

    /// <summary>
    /// Refuse a manifest whose blobs or children are not in its repository, the default. False: take it all the same,
    /// so that only the client keeps tags whole.
    /// </summary>
    public bool ChecksManifests { get; init; } = true;

    /// <summary>
    /// The media types that a manifest's config may have; others are refused with 415 MANIFEST_INVALID, as where
    /// artifact types must be allowed first. Null, the default: any.
    /// </summary>
    public IReadOnlyCollection<string>? ConfigTypes { get; init; }

    /// <summary>
    /// The most bytes of one request body. A larger one is refused with 413 before it is read, so a client that sends
    /// <c>Expect: 100-continue</c> never sends it; one without a declared length as soon as it is too long. Null, the
    /// default: no limit.
    /// </summary>
    public long? LargestBody { get; init; }

    /// <summary>
    /// Ask for Bearer tokens, given by a service of the registry's own; <see cref="Credential"/> counts no more. None
    /// by default.
    /// </summary>
    public TokenOptions? Tokens { get; init; }

    /// <summary>Speak TLS with this certificate, HTTP/1.1 and HTTP/2. Plain HTTP by default.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Ask clients for a certificate as well. Not by default.</summary>
    public ClientCertificateOptions? ClientCertificates { get; init; }
}
