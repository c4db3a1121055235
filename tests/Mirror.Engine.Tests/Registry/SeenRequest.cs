namespace Mirror.Engine.Tests.Registry;

/// <summary>What a scripted registry was asked.</summary>
internal sealed record SeenRequest(
    string Method, Uri Address, string? Authorization, string? Range, string Accept, string AcceptEncoding)
{
    /// <summary>The media type of the body, if there is one.</summary>
    public string? ContentType { get; init; }

    /// <summary>Which bytes of an upload the body is, as written.</summary>
    public string? ContentRange { get; init; }

    /// <summary>Whether the sender waits for a word before it sends the body.</summary>
    public bool ExpectsContinue { get; init; }

    /// <summary>Reads the body; throws what the sender's stream throws.</summary>
    public Func<CancellationToken, Task<byte[]>> ReadBodyAsync { get; init; } = _ => Task.FromResult<byte[]>([]);

    public static SeenRequest Of(HttpRequestMessage message) => new(
        message.Method.Method,
        message.RequestUri!,
        message.Headers.Authorization?.ToString(),
        message.Headers.Range?.ToString(),
        message.Headers.Accept.ToString(),
        message.Headers.AcceptEncoding.ToString())
    {
        ContentType = message.Content?.Headers.ContentType?.ToString(),
        ContentRange = message.Content is { } content
            && content.Headers.TryGetValues("Content-Range", out IEnumerable<string>? ranges) ? ranges.Single() : null,
        ExpectsContinue = message.Headers.ExpectContinue == true,
        ReadBodyAsync = token => message.Content?.ReadAsByteArrayAsync(token) ?? Task.FromResult<byte[]>([]),
    };

    public override string ToString() => $"{Method} {Address}";
}
