using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Mirror.TestKit.Content;

namespace Mirror.TestKit.Registry;

/// <summary>One request with its answer, and the words of the distribution specification to answer it.</summary>
internal sealed class Exchange(HttpContext context, RegistryRequest request, RegistryFault fault)
{
    public HttpRequest Http => context.Request;

    public HttpResponse Response => context.Response;

    public RegistryRoute Route => request.Route;

    public CancellationToken Aborted => context.RequestAborted;

    public bool IsHead => HttpMethods.IsHead(Http.Method);

    public string? Range => fault.IgnoreRange ? null : Http.Headers.Range.FirstOrDefault();

    public string? Query(string name) => Http.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    public void SetDigest(string digest)
    {
        if (!fault.HideDigest)
        {
            Response.Headers["Docker-Content-Digest"] = digest;
        }
    }

    /// <summary>Answers without a body.</summary>
    public void Answer(int status, string? location = null)
    {
        Response.StatusCode = status;
        Response.ContentLength = status == StatusCodes.Status204NoContent ? null : 0;
        if (location is not null)
        {
            Response.Headers.Location = location;
        }
    }

    public Task RefuseAsync(int status, string code, string message)
    {
        Response.StatusCode = status;
        return WriteJsonAsync(new { errors = new[] { new { code, message } } });
    }

    public Task RefuseUnsupportedAsync() => RefuseAsync(405, "UNSUPPORTED", "the operation is unsupported");

    public Task RefuseUnknownRepositoryAsync() =>
        RefuseAsync(404, "NAME_UNKNOWN", $"repository name not known: {Route.Repository}");

    public Task WriteJsonAsync<T>(T value) =>
        WriteAsync("application/json", JsonSerializer.SerializeToUtf8Bytes(value));

    public async Task WriteAsync(string contentType, ReadOnlyMemory<byte> bytes)
    {
        bytes = bytes[..(int)Sent(bytes.Length)];
        Response.ContentType = contentType;
        Response.ContentLength = bytes.Length;
        if (!IsHead)
        {
            await Response.Body.WriteAsync(bytes, Aborted);
        }
    }

    /// <summary>Streams a part of a blob in small pieces.</summary>
    public async Task StreamAsync(BlobContent blob, ByteRange range)
    {
        var length = Sent(range.Length);
        Response.ContentType = "application/octet-stream";
        Response.ContentLength = length;
        if (IsHead)
        {
            return;
        }

        await using var content = blob.OpenRead(range.Offset);
        var buffer = new byte[64 * 1024];
        for (var left = length; left > 0;)
        {
            var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), Aborted);
            if (read == 0)
            {
                throw new InvalidDataException($"{blob.Digest} is shorter than its size says.");
            }

            await Response.Body.WriteAsync(buffer.AsMemory(0, read), Aborted);
            left -= read;
        }
    }

    private long Sent(long length) => Math.Min(length, fault.EndBodyAfter ?? length);
}
