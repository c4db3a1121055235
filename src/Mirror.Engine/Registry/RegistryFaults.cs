using Mirror.Engine.Errors;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>Messages and advice of everything that can go wrong with one request.</summary>
/// <param name="access">The end that was asked.</param>
/// <param name="request">What was asked.</param>
/// <param name="host">Who was asked: the registry, its token service or its storage.</param>
internal sealed class RegistryFaults(RegistryAccess access, RegistryRequest request, string host)
{
    private const string TimeoutAdvice =
        "Raise D8_MIRROR_TIMEOUT (0 removes the bound) and run again: what is there is kept. Look for firewalls and "
        + "proxies that drop idle connections.";

    private string Request => $"the request for {request}";

    /// <summary>Harbor holds images only below a project, and says of its root that it is missing.</summary>
    private string RootAdvice => request.IsWrite && !request.Repository.Contains('/')
        ? $" Harbor takes nothing at the root of a project: push to a path below it, such as {host}/"
            + $"{request.Repository}/mirror."
        : "";

    private string SettingPrefix => access.End.Length > 0 ? $"for the {access.End}, " : "";

    public Fault HostNotFound() => new(
        FaultCode.HostNotFound,
        $"The host name {host} could not be resolved for {request}.",
        "Check the spelling of the registry, the DNS server and the proxy variables, or use an IP address.");

    public Fault ConnectionFailed(string cause) => new(
        FaultCode.ConnectionFailed,
        $"No connection to {host} for {request}: {cause}.",
        "Check host and port, that the registry runs, and firewalls; behind a proxy, set HTTPS_PROXY.");

    public Fault CertificateRejected(string cause) => new(
        FaultCode.CertificateRejected,
        $"The TLS certificate of {host} was not accepted for {request}: {cause}.",
        "Name the CA's PEM file in D8MirrorCaFile (added to the system's trust) or SSL_CERT_FILE (instead of it), "
        + "check this machine's clock, or, knowing the risk, set D8MirrorTlsSkipVerify.");

    public Fault ClientCertificateRequired(string cause) => new(
        FaultCode.ClientCertificateRequired,
        $"{host} requires a client certificate for {request}, and none was sent: {cause}.",
        host == access.Host
            ? $"Set {access.ClientCertificateSetting} to a PEM or PKCS#12 file with the certificate and its key."
            : $"A client certificate is sent to the registry {access.Host} only, never to other hosts: ask the "
                + "registry's administrator for a token service and storage that do without.");

    public Fault ClientCertificateRefused(string cause) => new(
        FaultCode.ClientCertificateRefused,
        $"{host} does not accept the client certificate '{access.ClientCertificate?.File}' for {request}: {cause}.",
        $"Check that {access.ClientCertificateSetting} names the certificate that was issued for this registry, with "
            + "the certificates of its issuers behind it in the same file, and that it was not revoked.");

    public Fault TlsHandshakeFailed(string cause) => new(
        FaultCode.TlsHandshakeFailed,
        $"{host} ended the TLS handshake for {request}: {cause}.",
        "Check host and port, and which TLS versions and ciphers the registry offers: this machine's defaults apply, "
        + "usually TLS 1.2 and 1.3. The certificate of the registry is not the reason.");

    public Fault PlainHttpServer() => new(
        FaultCode.PlainHttpServer,
        $"{host} does not speak TLS, it seems to be a plain HTTP server; it was asked for {request} by HTTPS.",
        $"Check the port; if plain HTTP is wanted {SettingPrefix}set D8MirrorInsecure.");

    public Fault Silent() => new(
        FaultCode.RegistrySilent,
        access.Timeout is { } limit
            ? $"{host} was silent for {limit.TotalSeconds:0.###} s after {Request}."
            : $"{host} did not answer in time to {Request}.",
        TimeoutAdvice);

    public Fault Unauthorized(int status, string said) => new(
        FaultCode.Unauthorized,
        $"{host} refused {Request} with {status}; used was {access.CredentialOrigin}.{said}",
        access.CredentialAdvice.Length > 0
            ? access.CredentialAdvice
            : "Set D8_MIRROR_LICENSE_TOKEN, or a login and password that may read this repository.");

    public Fault Forbidden(int status, string said) => new(
        FaultCode.Forbidden,
        $"{host} forbade {Request} with {status}; used was {access.CredentialOrigin}.{said}",
        request.IsWrite
            ? $"Ask the registry's administrator for the right to push to {request.Repository}; in some registries its "
                + $"project must exist first.{RootAdvice}"
            : $"Check that the licence covers this edition, or ask the registry's administrator for access to "
                + $"{request.Repository}.");

    public Fault RepositoryNotFound(string said) => new(
        FaultCode.RepositoryNotFound,
        $"{host} answered 404 to {Request}.{said}",
        request.IsWrite
            ? $"Check the path {request.Repository}; this registry may want its project or repository to exist first."
                + RootAdvice
            : $"Check the path {request.Repository} and that the credential may read it.");

    public Fault ContentRefused(int status, ErrorBody body) => new(
        FaultCode.ContentRefused,
        $"{host} refused {Request} with {status}.{body.Said}",
        RefusalAdvice.Of(status, body) + (status is 400 or 404 ? RootAdvice : ""));

    public Fault PiecesTooLarge(long shortest, long limit) => new(
        FaultCode.BodyTooLarge,
        $"{host} takes only pieces of at least {ByteCount.Format(shortest)} for {request}, and something before it "
            + $"only requests below {ByteCount.Format(limit)}.",
        "Ask for a larger limit of the proxy in front of the registry (nginx: client_max_body_size).");

    public Fault UploadLost() => new(
        FaultCode.ConnectionBroken,
        $"{host} lost {request}.",
        "Run again: what is there is kept. If it stays, the registry has several copies that do not share uploads.");

    public Fault BodyTooLarge(string said) => new(
        FaultCode.BodyTooLarge,
        $"{host} refused {Request} with 413 (too large).{said}",
        "A proxy in front of the registry limits the size of a request: ask for a larger limit (nginx: "
        + "client_max_body_size).");

    public Fault NotAsPushed(string expected, string actual) => new(
        FaultCode.TagNotAsPushed,
        $"{host} says that it stored {actual} for {request}, but {expected} was sent.",
        "Run again; if it stays, the registry or a proxy in front of it changes content.");

    public Fault BlobUnavailable(string said) => new(
        FaultCode.BlobUnavailable,
        $"{host} answered 404 to {Request}.{said}",
        "A manifest names content that the registry does not have: run again later, or tell its administrator.");

    public Fault TooManyRequests(string said) => new(
        FaultCode.TooManyRequests,
        $"{host} answered 429 (too many requests) to {Request}.{said}",
        "Wait and run again, lower D8MirrorMaxConnections, or ask for a higher limit.");

    public Fault ServerError(int status, string said) => new(
        FaultCode.ServerError,
        $"{host} answered {status} to {Request}.{said}",
        "The registry has a problem of its own: wait and run again; if it stays, tell its administrator.");

    public Fault UnexpectedAnswer(string answer, string said) => new(
        FaultCode.UnexpectedAnswer,
        $"{host} gave an unexpected answer to {Request}: {answer}.{(said.StartsWith(' ') || said.Length == 0
            ? said
            : $" {said}.")}",
        "Check that host and port are those of a registry (not of a web page or another proxy), and whether it wants "
        + "HTTPS (D8MirrorInsecure).");

    public Fault TokenUnusable() => new(
        FaultCode.UnexpectedAnswer,
        $"{host} gave an unexpected answer to {Request}: no token that an HTTP header can carry.",
        "Check that this address is a token service; if it is, tell its administrator: a token consists of visible "
        + "ASCII characters.");

    public Fault DigestMismatch(string expected, string actual) => new(
        FaultCode.ManifestDigestMismatch,
        $"{host} sent wrong content for {request}: its digest is {actual}, not {expected}.",
        "Run again; if it stays, something between here and the registry changes content.");

    public Fault SizeMismatch(long expected, string actual) => new(
        FaultCode.BlobSizeMismatch,
        $"{host} sent wrong content for {request}: {actual}, but the manifest says {expected} bytes.",
        "Run again; if it stays, the registry's copy is damaged.");

    public Fault BlobDigestMismatch(string actual) => new(
        FaultCode.BlobDigestMismatch,
        $"{host} sent wrong content for {request}: its digest is {actual}.",
        "Run again; if it stays, the registry's copy is damaged, or something on the way changes content.");

    public Fault TooLarge(string what, long limit) => new(
        FaultCode.MetadataTooLarge,
        $"{host} sent more than expected for {request}: {what} is over the limit of {limit}.",
        "Check that this is the right registry and repository; nothing of such a size belongs there.");

    public Fault RealmRefused(string realm, string reason, string trusted = "its host") => new(
        FaultCode.RealmRefused,
        $"{host} wants a login for {request} at the token service {realm}, which {reason}; nothing was sent there.",
        $"If you trust it, add {trusted} to D8MirrorAllowedRealms.");

    public Fault RedirectRefused(string reason) => new(
        FaultCode.RedirectRefused,
        $"{host} redirected {Request} {reason}.",
        "Ask the registry's administrator; a registry reached by HTTPS must not redirect to plain HTTP.");

    public Fault ConnectionBroken(string cause) => new(
        FaultCode.ConnectionBroken,
        $"The connection to {host} broke during {Request}: {cause}.",
        "Run again: what is there is kept. If it stays, look at proxies and network devices on the way.");

    public Fault ProxyFailed(Uri? proxy, string cause) => new(
        FaultCode.ProxyFailed,
        $"The proxy {(proxy is null ? "" : proxy.Authority + " ")}failed for {host} and {request}: {cause}.",
        "Check HTTP_PROXY and HTTPS_PROXY, or name the registry's host in NO_PROXY.");

    public Fault ManifestMalformed(string cause) => new(
        FaultCode.ManifestMalformed,
        $"{host} sent an unusable manifest for {request}: {cause}",
        "Check that the reference names a container image or OCI artifact.");
}
