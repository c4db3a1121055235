namespace Mirror.Engine.Registry.Wire;

/// <summary>The <c>Retry-After</c> header (RFC 9110 section 10.2.3): seconds or a date.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait, from zero to two minutes; <see langword="null"/> without a usable header.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        TimeSpan? wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => null,
        };
        return wait is null ? null
            : wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait > Longest ? Longest
            : wait;
    }
}
