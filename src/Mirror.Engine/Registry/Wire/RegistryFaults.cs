using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// Messages and advice of everything that can go wrong with one request to a host: the registry, its token service or
/// its storage.
/// </summary>
internal sealed class RegistryFaults(RegistryAccess access, RegistryRequest request, string host)
{
    private static readonly string _timeoutAdvice =
        $"Raise {SettingName.Timeout} (0 removes the bound) and run again: what is there is kept. Look for firewalls "
            + "and proxies that drop idle connections.";

    private string Request => $"the request for {request}";

    /// <summary>Harbor holds images only below a project, and says of its root that it is missing.</summary>
    private string RootAdvice => request.IsWrite && !request.Repository.Contains('/')
        ? $" Harbor takes nothing at the root of a project: push to a path below it, such as {host}/"
            + $"{request.Repository}/mirror."
        : "";

    /// <summary>Who was asked; and where the host came from when the user did not name it.</summary>
    private string Peer => !IsElsewhere ? host
        : request.Address?.Authority == host ? $"{host} (reached through the Location of {access.Host})"
        : $"{host} (reached through a redirect from {access.Host})";

    private bool IsElsewhere => !request.IsToken && host != access.Host && host != access.BaseAddress.Authority;

    private string NamedByRegistry =>
        $"{access.Host} named this address. Check that it can be reached from here (DNS, firewalls, HTTPS_PROXY), or "
        + $"ask the administrator of {access.Host} to correct the addresses that it gives out.";

    private string SettingPrefix => access.End.Length > 0 ? $"for the {access.End}, " : "";

    private Fault About(string code, string message, string advice) =>
        new(code, message, advice) { Settings = access.Setting is { } setting ? [setting] : [] };

    public Fault HostNotFound() => About(
        FaultCode.HostNotFound,
        $"The host name {Peer} could not be resolved.",
        IsElsewhere
            ? NamedByRegistry
            : "Check the spelling of the registry, the DNS server and the proxy variables, or use an IP address.");

    public Fault ConnectionFailed(string cause) => About(
        FaultCode.ConnectionFailed,
        $"No connection to {Peer}: {cause}.",
        IsElsewhere
            ? NamedByRegistry
            : "Check host and port, that the registry runs, and firewalls; behind a proxy, set HTTPS_PROXY.");

    public Fault CertificateRejected(string cause) => About(
        FaultCode.CertificateRejected,
        $"The TLS certificate of {Peer} was not accepted for {request}: {cause}.",
        $"Name the CA's PEM file in {SettingName.CaFile} (added to the system's trust) or SSL_CERT_FILE (instead of "
            + $"it), check this machine's clock, or, knowing the risk, set {SettingName.TlsSkipVerify}.");

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

    public Fault TlsHandshakeFailed(string cause) => About(
        FaultCode.TlsHandshakeFailed,
        $"{host} ended the TLS handshake for {request}: {cause}.",
        "Check host and port, and which TLS versions and ciphers the registry offers: this machine's defaults apply, "
        + "usually TLS 1.2 and 1.3. The certificate of the registry is not the reason.");

    public Fault PlainHttpServer() => About(
        FaultCode.PlainHttpServer,
        $"{Peer} does not speak TLS, it seems to be a plain HTTP server; it was asked for {request} by HTTPS.",
        $"Check the port; if plain HTTP is intended, {SettingPrefix}set {SettingName.Insecure}.");

    public Fault Silent() => About(
        FaultCode.RegistrySilent,
        access.Timeout is { } limit
            ? $"{Peer} was silent for {SecondCount.FormatExactly(limit)} after {Request}."
            : $"{Peer} did not answer in time to {Request}.",
        _timeoutAdvice);

    public Fault TooSlow(long bytesPerSecond) => About(
        FaultCode.RegistrySilent,
        $"{Peer} answered {Request} too slowly: with less than {ByteCount.Format(bytesPerSecond)} per second.",
        _timeoutAdvice);

    public Fault RedirectWantsLogin(int status, string said) => About(
        FaultCode.UnexpectedAnswer,
        $"{Peer} refused {Request} with {status}. A login is sent to {access.Host} only, never to a host that it "
            + $"redirects to.{said}",
        $"If {host} is the registry itself, name it as the {access.End}: "
            + $"{host}{(access.Path.Length > 0 ? $"/{access.Path}" : "")}. Otherwise ask the administrator of "
            + $"{access.Host} to look at its redirects.");

    public Fault Unauthorized(int status, string said) => About(
        FaultCode.Unauthorized,
        $"{Peer} refused {Request} with {status}; credential used: {access.CredentialOrigin}.{said}",
        access.CredentialAdvice.Length > 0
            ? access.CredentialAdvice
            : "Set D8_MIRROR_LICENSE_TOKEN, or a login and password that may read this repository.");

    public Fault Forbidden(int status, string said) => About(
        FaultCode.Forbidden,
        $"{Peer} denied {Request} with {status}; credential used: {access.CredentialOrigin}.{said}",
        request.IsWrite
            ? $"Ask the registry's administrator for the right to push to {request.Repository}; in some registries its "
                + $"project must exist first.{RootAdvice}"
        : access.IsTarget
            ? $"Ask the registry's administrator for the right to read {request.Repository}: a push looks first at "
                + "what is there."
            : $"Check that the licence covers this edition, or ask the registry's administrator for access to "
                + $"{request.Repository}.");

    public Fault RepositoryNotFound(string said) => About(
        FaultCode.RepositoryNotFound,
        $"{Peer} answered 404 to {Request}.{said}",
        request.IsWrite
            ? $"Check the path {request.Repository}; this registry may want its project or repository to exist first."
                + RootAdvice
            : $"Check the path {request.Repository} and that the credential may read it.");

    public Fault ContentRefused(int status, ErrorBody body) => About(
        FaultCode.ContentRefused,
        $"{Peer} refused {Request} with {status}.{body.Said}",
        RefusalAdvice.Choose(status, body) + (status is 400 or 404 ? RootAdvice : ""));

    public Fault PiecesTooLarge(long shortest, long limit) => About(
        FaultCode.BodyTooLarge,
        $"{Peer} takes only pieces of at least {ByteCount.Format(shortest)} for {request}, and something before it "
            + $"only requests below {ByteCount.Format(limit)}.",
        "Ask for a larger limit of the proxy in front of the registry (nginx: client_max_body_size).");

    public Fault AbsenceUnproven(string said) => About(
        FaultCode.AbsenceUnproven,
        $"{host} answered 404 to {Request}, but not as a registry does.{said}",
        "Something in front of the registry may have answered in its place: check host and port and the proxies on the "
        + "way, then run again. Nothing is left out on the strength of such an answer.");

    public Fault UploadLost() => About(
        FaultCode.ConnectionBroken,
        $"{Peer} lost {request}.",
        "Run again: what is there is kept. If the problem persists, the registry has several copies that do not "
            + "share uploads.");

    public Fault BodyTooLarge(string said) => About(
        FaultCode.BodyTooLarge,
        $"{Peer} refused {Request} with 413 (too large).{said}",
        "A proxy in front of the registry limits the size of a request: ask for a larger limit (nginx: "
        + "client_max_body_size).");

    public Fault NotAsPushed(string expected, string actual) => About(
        FaultCode.TagNotAsPushed,
        $"{Peer} says that it stored {actual} for {request}, but {expected} was sent.",
        "Run again; if the problem persists, the registry or a proxy in front of it changes content.");

    public Fault BlobUnavailable(string said) => About(
        FaultCode.BlobUnavailable,
        $"{Peer} answered 404 to {Request}.{said}",
        "A manifest names content that the registry does not have: run again later, or tell its administrator.");

    public Fault TooManyRequests(string said) => About(
        FaultCode.TooManyRequests,
        $"{Peer} answered 429 (too many requests) to {Request}.{said}",
        $"Wait and run again, lower {SettingName.MaxConnections}, or ask for a higher limit.");

    public Fault ServerError(int status, string said) => About(
        FaultCode.ServerError,
        $"{Peer} answered {status} to {Request}.{said}",
        "The registry has a problem of its own: wait and run again; if the problem persists, tell its administrator.");

    public Fault UnexpectedAnswer(string answer, string said) => About(
        FaultCode.UnexpectedAnswer,
        $"{Peer} gave an unexpected answer to {Request}: {answer}.{(said.StartsWith(' ') || said.Length == 0
            ? said
            : $" {said}.")}",
        UnexpectedAdvice.Choose(access, host, IsElsewhere, said));

    public Fault TokenUnusable() => About(
        FaultCode.UnexpectedAnswer,
        $"{host} gave an unexpected answer to {Request}: no token that an HTTP header can carry.",
        "Check that this address is a token service; if it is, tell its administrator: a token consists of visible "
        + "ASCII characters.");

    public Fault DigestMismatch(string expected, string actual) => About(
        FaultCode.ManifestDigestMismatch,
        $"{Peer} sent wrong content for {request}: its digest is {actual}, not {expected}.",
        "Run again; if the problem persists, something between here and the registry changes content.");

    public Fault SizeMismatch(long expected, string actual) => About(
        FaultCode.BlobSizeMismatch,
        $"{Peer} sent wrong content for {request}: {actual}, but the manifest says {expected} bytes.",
        "Run again; if the problem persists, the registry's copy is damaged.");

    public Fault BlobDigestMismatch(string actual) => About(
        FaultCode.BlobDigestMismatch,
        $"{Peer} sent wrong content for {request}: its digest is {actual}.",
        "Run again; if the problem persists, the registry's copy is damaged, or something on the way changes content.");

    public Fault TooLarge(string what, long limit) => About(
        FaultCode.MetadataTooLarge,
        $"{Peer} sent more than expected for {request}: {what} is over the limit of {limit}.",
        "Check that this is the right registry and repository; nothing of such a size belongs there.");

    public Fault RealmRefused(string realm, string reason, string trusted = "its host") => new(
        FaultCode.RealmRefused,
        $"{Peer} wants a login for {request} at the token service {realm}, which {reason}; nothing was sent there.",
        $"If you trust it, add {trusted} to {SettingName.AllowedRealms}.");

    public Fault RedirectRefused(string reason) => About(
        FaultCode.RedirectRefused,
        $"{Peer} redirected {Request} {reason}.",
        "Ask the registry's administrator; a registry reached by HTTPS must not redirect to plain HTTP.");

    public Fault UploadElsewhere(string other) => new(
        FaultCode.UploadElsewhere,
        $"{Peer} directs {Request} to {other}, another host than the registry; nothing was sent there.",
        $"If {other} takes the uploads of {access.Host}, list it in {SettingName.AllowedRealms} (it is given no "
            + $"login); if it is the registry itself, name it as the {access.End}. Otherwise "
            + "ask the registry's administrator: behind a proxy, the registry must know its public address.");

    public Fault ConnectionBroken(string cause) => About(
        FaultCode.ConnectionBroken,
        $"The connection to {Peer} broke during {Request}: {cause}.",
        "Run again: what is there is kept. If the problem persists, look at proxies and network devices on the way.");

    public Fault ProxyFailed(Uri? proxy, string cause) => About(
        FaultCode.ProxyFailed,
        $"The proxy {(proxy is null ? "" : proxy.Authority + " ")}failed for {Peer} and {request}: {cause}.",
        "Check HTTP_PROXY and HTTPS_PROXY, or name the registry's host in NO_PROXY.");

    public Fault ManifestMalformed(string cause) => About(
        FaultCode.ManifestMalformed,
        $"{Peer} sent an unusable manifest for {request}: {cause}",
        "Check that the reference names a container image or OCI artifact.");
}
