namespace Mirror.TestKit.Raw;

/// <summary>One request as it came over the wire.</summary>
/// <param name="Connection">Which connection brought it: 0 for the first.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">The request target, byte for byte.</param>
/// <param name="Headers">The headers, names in any case.</param>
public sealed record RawRequest(
    int Connection, string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    private byte[] _body = [];

    /// <summary>The body as far as it was read.</summary>
    public ReadOnlyMemory<byte> Body => _body;

    /// <summary>The length the client declared; 0 when it declared none.</summary>
    public int DeclaredLength => Header("Content-Length") is { } text ? int.Parse(text, null) : 0;

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    internal void Read(byte[] body) => _body = body;

    /// <summary>What came is no HTTP, such as the greeting of TLS: a request without method and target.</summary>
    internal static RawRequest NoHttp(int connection) =>
        new(connection, "", "", new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));

    internal static RawRequest Parse(int connection, string head)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines[1..])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = line[..colon];
            var value = line[(colon + 1)..].Trim();
            headers[name] = headers.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        }

        return new RawRequest(connection, first[0], first[1], headers);
    }
}
