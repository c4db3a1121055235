using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mirror.TestKit.Registry;

/// <summary>From a raw request to its answer: fault, door, endpoint, log.</summary>
internal sealed class RegistryApplication(
    TestRegistryOptions options, TokenService? tokens, FaultPlan faults, RequestLog log)
    : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private readonly IDoor _door = tokens is null ? new BasicDoor(options.Credential) : new BearerDoor(tokens);
    private readonly PullEndpoints _pull = new(options.Content, options.MaxPageSize, options.LinksPages);
    private readonly UploadEndpoints _uploads = new(options.Content, options.AllowMounts, options.KeepsBlobs);
    private readonly ManifestPush _manifests = new(options);
    private readonly ReferrersEndpoint _referrers = new(options.Content);
    private readonly DeleteEndpoints _deletes = new(options.Content, options.AllowDeletes);

    public IReadOnlyList<UploadedBlob> UploadedBlobs => _uploads.Uploaded;

    public int OpenUploads => _uploads.Open;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // The server owns the features; a default context holds nothing else.
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var http = context.Request;
        var request = new RegistryRequest(http.Method, http.Path.Value ?? "/", http.QueryString.Value ?? "");
        var fault = faults.Take(request);
        await using var received = new RequestTap(http.Body, options.LargestBody);
        await using var tap = new ResponseTap(context, request, received, fault, log);
        http.Body = received;
        context.Response.Body = tap;
        var isComplete = false;
        try
        {
            await AnswerAsync(context, request, fault);
            isComplete = !fault.Drop;
        }
        finally
        {
            tap.Record(isComplete);
        }
    }

    public ValueTask DisposeAsync() => _uploads.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, RegistryRequest request, RegistryFault fault)
    {
        if (fault is { Gate: { } gate, GateBodyAfter: null })
        {
            await gate.PassAsync(context.RequestAborted);
        }

        if (fault.Delay is { } delay)
        {
            await Pause.PassAsync(delay, context.RequestAborted);
        }

        if (fault.Drop)
        {
            context.Abort();
            return;
        }

        foreach (var header in fault.Headers)
        {
            context.Response.Headers[header.Key] = header.Value;
        }

        if (fault.RedirectTo is { } redirect)
        {
            context.Response.Headers.Location = redirect(request);
        }

        var exchange = new Exchange(context, request, fault);
        if (fault.Status is { } status)
        {
            await FailAsync(exchange, status, fault);
        }
        else if (tokens?.Serves(context) == true)
        {
            await tokens.AnswerAsync(exchange);
        }
        else if (!_door.Admits(exchange))
        {
            await _door.RefuseAsync(exchange);
        }
        else
        {
            await LimitAsync(exchange);
        }
    }

    private async Task LimitAsync(Exchange exchange)
    {
        if (exchange.Http.ContentLength > options.LargestBody)
        {
            await RefuseTooLargeAsync(exchange);
            return;
        }

        try
        {
            await RouteAsync(exchange);
        }
        catch (BodyTooLargeException)
        {
            await RefuseTooLargeAsync(exchange);
        }
    }

    private Task RefuseTooLargeAsync(Exchange exchange) =>
        exchange.RefuseAsync(413, "SIZE_INVALID", $"a request body has at most {options.LargestBody} bytes");

    private static Task FailAsync(Exchange exchange, int status, RegistryFault fault)
    {
        if (fault.ErrorCode is { } code)
        {
            return exchange.RefuseAsync(status, code, "the test asked for this");
        }

        if (fault.Page is { } page)
        {
            exchange.Response.StatusCode = status;
            return exchange.WriteAsync("text/html", Encoding.UTF8.GetBytes(page));
        }

        exchange.Answer(status);
        return Task.CompletedTask;
    }

    private static Task RefuseUnknownEndpointAsync(Exchange exchange) =>
        exchange.RefuseAsync(404, "UNSUPPORTED", "no such endpoint");

    private Task RouteAsync(Exchange exchange) => (exchange.Http.Method, exchange.Route.Kind) switch
    {
        ("GET" or "HEAD", RouteKind.Base) => PullEndpoints.BaseAsync(exchange),
        ("GET", RouteKind.Catalog) => _pull.CatalogAsync(exchange),
        ("GET", RouteKind.Tags) when options.AllowTagLists => _pull.TagsAsync(exchange),
        ("GET" or "HEAD", RouteKind.Manifest) => _pull.ManifestAsync(exchange),
        ("GET" or "HEAD", RouteKind.Blob) => _pull.BlobAsync(exchange),
        ("GET", RouteKind.Referrers) when options.HasReferrers => _referrers.ListAsync(exchange),
        ("PUT", RouteKind.Manifest) => _manifests.PutAsync(exchange),
        ("DELETE", RouteKind.Manifest) => _deletes.ManifestAsync(exchange),
        ("DELETE", RouteKind.Blob) => _deletes.BlobAsync(exchange),
        ("POST", RouteKind.UploadStart) => _uploads.StartAsync(exchange),
        (_, RouteKind.Upload) => _uploads.ContinueAsync(exchange),
        (_, RouteKind.Referrers) when !options.HasReferrers => RefuseUnknownEndpointAsync(exchange),
        (_, RouteKind.Unknown) => RefuseUnknownEndpointAsync(exchange),
        _ => exchange.RefuseUnsupportedAsync(),
    };
}
