using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Mirror.Engine.Tests.Registry;

/// <summary>Answers of a scripted registry.</summary>
internal static class Answer
{
    public static HttpResponseMessage Status(int status, string body = "", params (string Name, string Value)[] headers)
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new StringContent(body) };
        response.Content.Headers.ContentType = null;
        foreach ((string name, string value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.Remove(name);
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    public static HttpResponseMessage Error(int status, string code, string message = "") =>
        Status(status, $$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}""");

    public static HttpResponseMessage Challenge(string challenge) =>
        Status(401, "", ("WWW-Authenticate", challenge));

    public static HttpResponseMessage Redirect(string location, int status = 307) =>
        Status(status, "", ("Location", location));

    public static HttpResponseMessage Manifest(byte[] content, string? digest = null, string? type = null)
    {
        HttpResponseMessage response = Bytes(content);
        response.Content.Headers.TryAddWithoutValidation("Content-Type", type ?? Sample.ManifestType);
        if (digest is not null)
        {
            response.Headers.TryAddWithoutValidation("Docker-Content-Digest", digest);
        }

        return response;
    }

    public static HttpResponseMessage Bytes(byte[] content) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    public static HttpResponseMessage Part(byte[] whole, int offset)
    {
        HttpResponseMessage response = new(HttpStatusCode.PartialContent)
        {
            Content = new ByteArrayContent(whole[offset..]),
        };
        response.Content.Headers.ContentRange = new ContentRangeHeaderValue(offset, whole.Length - 1, whole.Length);
        return response;
    }

    public static HttpResponseMessage Streamed(Stream content, long? length = null)
    {
        HttpResponseMessage response = new(HttpStatusCode.OK) { Content = new StreamContent(content) };
        response.Content.Headers.ContentLength = length;
        return response;
    }

    public static HttpResponseMessage Tags(string[] tags, string? link = null)
    {
        string list = string.Join(',', tags.Select(tag => $"\"{tag}\""));
        HttpResponseMessage response = Bytes(Encoding.UTF8.GetBytes($$"""{"name":"x","tags":[{{list}}]}"""));
        if (link is not null)
        {
            response.Headers.TryAddWithoutValidation("Link", link);
        }

        return response;
    }
}
