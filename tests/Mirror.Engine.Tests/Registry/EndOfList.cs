namespace Mirror.Engine.Tests.Registry;

/// <summary>
/// The question whether a list of tags goes on behind its last tag, which ends each list. Tests about anything else
/// have it answered, and do not see it.
/// </summary>
internal static class EndOfList
{
    public static bool IsAsked(string address) =>
        address.Contains("/tags/list?n=1000&last=", StringComparison.Ordinal);
}
