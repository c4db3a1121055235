namespace Mirror.TestKit.Registry;

/// <summary>One request that was answered, or broken off by a fault or by the client.</summary>
/// <param name="Request">Method, path and query.</param>
/// <param name="Range">The Range header, null when there was none.</param>
/// <param name="Status">The status sent; 0 when the connection was dropped before one.</param>
/// <param name="RequestBytes">How many bytes of the request's body were read before the answer.</param>
/// <param name="BodyBytes">How many bytes of the answer's body were sent.</param>
/// <param name="HasAuthorization">Whether the request carried an Authorization header. Its value is not kept.</param>
/// <param name="IsComplete">False when the answer was broken off.</param>
public sealed record RequestRecord(
    RegistryRequest Request,
    string? Range,
    int Status,
    long RequestBytes,
    long BodyBytes,
    bool HasAuthorization,
    bool IsComplete)
{
    /// <summary>The method.</summary>
    public string Method => Request.Method;

    /// <summary>The decoded path.</summary>
    public string Path => Request.Path;

    /// <summary>One line of the log file: fields separated by blanks, absent ones as <c>-</c>.</summary>
    public string ToLine() => string.Join(
        ' ',
        Method,
        Path + Request.Query,
        Range ?? "-",
        Status,
        RequestBytes,
        BodyBytes,
        HasAuthorization ? "authorized" : "anonymous",
        IsComplete ? "complete" : "broken");
}
