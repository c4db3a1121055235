namespace Mirror.Engine.Tests.Registry;

/// <summary>What a scripted registry was asked.</summary>
internal sealed record SeenRequest(
    string Method, Uri Address, string? Authorization, string? Range, string Accept, string AcceptEncoding)
{
    public static SeenRequest Of(HttpRequestMessage message) => new(
        message.Method.Method,
        message.RequestUri!,
        message.Headers.Authorization?.ToString(),
        message.Headers.Range?.ToString(),
        message.Headers.Accept.ToString(),
        message.Headers.AcceptEncoding.ToString());

    public override string ToString() => $"{Method} {Address}";
}
