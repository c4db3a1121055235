using System.Collections.Frozen;
using System.Net;
using System.Security.Authentication;
using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

/// <summary>The one place that says what a failure of a request is, and whether asking again can help.</summary>
internal static class RegistryFailure
{
    private static readonly FrozenSet<string> Temporary = FrozenSet.Create(
        FaultCode.ConnectionFailed, FaultCode.RegistrySilent, FaultCode.TooManyRequests, FaultCode.ServerError,
        FaultCode.ConnectionBroken, FaultCode.AbsenceUnproven);

    private static readonly FrozenSet<string> Unanswered = FrozenSet.Create(
        FaultCode.HostNotFound, FaultCode.ConnectionFailed, FaultCode.CertificateRejected, FaultCode.PlainHttpServer,
        FaultCode.RegistrySilent, FaultCode.ConnectionBroken, FaultCode.ProxyFailed);

    private static readonly FrozenSet<string> Elsewhere = FrozenSet.Create(
        FaultCode.Forbidden, FaultCode.RepositoryNotFound, FaultCode.BlobUnavailable);

    /// <summary>Marks a failure whose next attempt goes another way, learnt from this one.</summary>
    public static MirrorException WorthRepeating(MirrorException exception)
    {
        exception.Hints = exception.Hints with { IsWorthRepeating = true };
        return exception;
    }

    /// <summary>Whether the same request may succeed later.</summary>
    public static bool IsTemporary(MirrorException exception) =>
        exception.Hints.IsWorthRepeating || exception.Faults.All(fault => Temporary.Contains(fault.Code)
            || (fault.Code == FaultCode.ProxyFailed && IsTemporaryOfProxy(exception.InnerException)));

    /// <summary>Whether another repository of the same registry may still give the content (403 or 404 here).</summary>
    public static bool IsMissingHere(MirrorException exception) =>
        exception.Faults.All(fault => Elsewhere.Contains(fault.Code));

    public static bool IsRefusal(MirrorException exception) => exception.Hints.IsRefusal;

    /// <summary>Whether the host gave no answer at all.</summary>
    public static bool IsUnanswered(MirrorException exception) =>
        exception.Faults.All(fault => Unanswered.Contains(fault.Code));

    public static bool IsBlobUnknown(MirrorException exception) => exception.Hints.IsBlobUnknown;

    /// <summary>
    /// Whether a 404 leaves open if the thing exists: the registry says something else with it, or it was not the
    /// registry that answered, but something in front of it. An empty body is how some registries say it.
    /// </summary>
    public static bool IsUnprovenAbsence(RegistryResponse response, ErrorBody body, RegistryRequest request) =>
        response.Status == HttpStatusCode.NotFound && (body.IsDenial || (!request.IsWrite
            && (body.MeansAnother || (body.IsForeign && !response.SaysItIsRegistry))));

    public static TimeSpan? Pause(Exception exception) => (exception as MirrorException)?.Hints.Pause;

    public static MirrorException OfException(
        Exception exception, RegistryAccess access, RegistryRequest request, Uri address, Uri? proxy)
    {
        RegistryFaults faults = new(access, request, address.Authority);
        return new MirrorException(FaultOf(exception, faults, proxy), exception);
    }

    public static MirrorException OfAnswer(
        RegistryResponse response, ErrorBody body, RegistryAccess access, RegistryRequest request, DateTimeOffset now)
    {
        RegistryFaults faults = new(access, request, response.Address.Authority);
        Fault fault = FaultOf(response, body, faults, request);
        return new MirrorException(fault)
        {
            Hints = new FailureHints
            {
                Pause = RetryAfter.Read(response.Message, now),
                IsRefusal = (int)response.Status is (>= 400 and < 500) or 501
                    && fault.Code is not (FaultCode.TooManyRequests or FaultCode.ServerError),
                IsBlobUnknown = request.IsWrite
                    && (body.HasCode("MANIFEST_BLOB_UNKNOWN") || body.HasCode("BLOB_UNKNOWN")),
            },
        };
    }

    private static Fault FaultOf(Exception exception, RegistryFaults faults, Uri? proxy)
    {
        if (Find<SlowBodyException>(exception) is not null)
        {
            return faults.TooSlow(HttpWire.SlowestBody);
        }

        if (Find<TimeoutException>(exception) is not null)
        {
            return faults.Silent();
        }

        if (Find<HttpRequestException>(exception) is not { } failure)
        {
            return faults.ConnectionBroken(Cause(exception));
        }

        return failure.HttpRequestError switch
        {
            HttpRequestError.ProxyTunnelError => faults.ProxyFailed(proxy, failure.Message),
            HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError when proxy is not null =>
                faults.ProxyFailed(proxy, Cause(failure)),
            HttpRequestError.NameResolutionError => faults.HostNotFound(),
            HttpRequestError.ConnectionError => faults.ConnectionFailed(Cause(failure)),
            HttpRequestError.SecureConnectionError => SecureConnection(failure, faults),
            HttpRequestError.ConfigurationLimitExceeded =>
                faults.TooLarge("the size of its headers in KiB", RegistryTransport.HeaderKilobytes),
            // With HTTP/2, a connection that ends before its first frame.
            HttpRequestError.InvalidResponse when IsEnd(failure.GetBaseException()) =>
                faults.ConnectionBroken(Cause(failure)),
            HttpRequestError.InvalidResponse => faults.UnexpectedAnswer("no HTTP answer", Cause(failure)),
            _ => faults.ConnectionBroken(Cause(failure)),
        };
    }

    private static bool IsEnd(Exception exception) =>
        exception is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded };

    // A proxy that wants a login or forbids the host says so again; what it could not reach it may reach later.
    private static bool IsTemporaryOfProxy(Exception? exception) => exception is HttpRequestException failure
        && failure.StatusCode is null or >= HttpStatusCode.InternalServerError;

    private static Fault SecureConnection(HttpRequestException failure, RegistryFaults faults)
    {
        if (Find<TlsException>(failure) is { } known)
        {
            return known.Problem switch
            {
                TlsProblem.ClientCertificateRequired => faults.ClientCertificateRequired(Cause(known)),
                TlsProblem.ClientCertificateRefused => faults.ClientCertificateRefused(Cause(known)),
                _ => faults.CertificateRejected(Cause(known)),
            };
        }

        if (Find<AuthenticationException>(failure) is not { } refusal)
        {
            return faults.ConnectionBroken(Cause(failure));
        }

        // What SslStream says when the first bytes are no TLS record, as those of a plain HTTP server are not.
        return refusal.Message.Contains("frame", StringComparison.Ordinal) ? faults.PlainHttpServer()

            // The framework's own check, for hosts that a registry of plain HTTP redirects to.
            : refusal.Message.Contains("remote certificate", StringComparison.Ordinal)
                ? faults.CertificateRejected(Cause(refusal))
            : faults.TlsHandshakeFailed(Cause(refusal));
    }

    private static Fault FaultOf(
        RegistryResponse response, ErrorBody body, RegistryFaults faults, RegistryRequest request)
    {
        int status = (int)response.Status;
        if (status == (int)HttpStatusCode.ProxyAuthenticationRequired)
        {
            return faults.ProxyFailed(null, "the proxy wants a login (407)");
        }

        if (status == (int)HttpStatusCode.TooManyRequests || body.HasCode("TOOMANYREQUESTS"))
        {
            return faults.TooManyRequests(body.Said);
        }

        if (status is 408 or 499 or (>= 500 and not 501 and not 505 and not 507) || body.HasCode("UNAVAILABLE"))
        {
            return faults.ServerError(status, body.Said);
        }

        // The session of an upload is gone; the blob can be sent in another one.
        if (request is { IsWrite: true, Address: not null } && (body.HasCode("BLOB_UPLOAD_UNKNOWN") || status == 404))
        {
            return faults.UploadLost();
        }

        // nginx ends the handshake well, and then says this to every request.
        if (status == 400 && body.Text.Contains("SSL certificate", StringComparison.Ordinal))
        {
            return body.Text.Contains("No required SSL certificate", StringComparison.Ordinal)
                ? faults.ClientCertificateRequired(body.Text)
                : faults.ClientCertificateRefused(body.Text);
        }

        if (RedirectedAnswer.IsElsewhere(response, request))
        {
            return FaultElsewhere(response, body, faults, request);
        }

        return status switch
        {
            400 when UnexpectedAdvice.IsOfTlsPort(body.Text) => faults.UnexpectedAnswer($"{status}", body.Said),
            413 => faults.BodyTooLarge(body.Said),
            403 when request.IsWrite && RefusalAdvice.IsAboutContent(body) => faults.ContentRefused(status, body),
            507 when request.IsWrite => faults.ContentRefused(status, body),
            401 => faults.Unauthorized(status, body.Said),
            403 => faults.Forbidden(status, body.Said),
            _ when body.IsDenial => faults.Forbidden(status, body.Said),
            400 or 404 or 405 or 409 or 412 or 415 or 422 when request.IsWrite && !body.HasCode("NAME_UNKNOWN") =>
                faults.ContentRefused(status, body),
            404 when !request.IsWrite && body.MeansAnother => faults.UnexpectedAnswer($"{status}", body.Said),
            404 when IsUnprovenAbsence(response, body, request) => faults.AbsenceUnproven(body.Said),
            404 when request.IsBlob && !body.HasCode("NAME_UNKNOWN") => faults.BlobUnavailable(body.Said),
            404 => faults.RepositoryNotFound(body.Said),
            _ => faults.UnexpectedAnswer($"{status}", body.Said),
        };
    }

    /// <summary>What storage says, or a registry that the one that was asked redirects to.</summary>
    private static Fault FaultElsewhere(
        RegistryResponse response, ErrorBody body, RegistryFaults faults, RegistryRequest request)
    {
        int status = (int)response.Status;
        bool isOfRegistry = RedirectedAnswer.IsOfRegistry(response, body);
        return status switch
        {
            401 => faults.RedirectWantsLogin(status, body.Said),
            403 when isOfRegistry => faults.RedirectWantsLogin(status, body.Said),
            404 when body.IsDenial => faults.RedirectWantsLogin(status, body.Said),
            404 when request.IsBlob => faults.BlobUnavailable(body.Said),
            404 when isOfRegistry => faults.RepositoryNotFound(body.Said),
            _ => faults.UnexpectedAnswer($"{status}", body.Said),
        };
    }

    private static T? Find<T>(Exception exception)
        where T : Exception
    {
        for (Exception? current = exception; current is not null; current = current.InnerException)
        {
            if (current is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static string Cause(Exception exception) =>
        ErrorBody.Clean(exception.GetBaseException().Message).TrimEnd('.');
}
