namespace Mirror.TestKit.Raw;

/// <summary>What follows one request. Without an ending step the connection takes the next request.</summary>
public sealed record RawAnswer(params IReadOnlyList<RawStep> Steps)
{
    /// <summary>
    /// Read the body of the request first, confirming <c>Expect: 100-continue</c>; the default. False: leave it on the
    /// wire, as a server does that refuses early.
    /// </summary>
    public bool ReadsBody { get; init; } = true;
}
