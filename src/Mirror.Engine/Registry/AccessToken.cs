namespace Mirror.Engine.Registry;

/// <summary>A bearer token and when to ask for the next one. Not a record: its text must not reach a log.</summary>
internal sealed class AccessToken(string text, DateTimeOffset renewal)
{
    public string Text => text;

    /// <summary>From this instant on a new request gets a new token.</summary>
    public DateTimeOffset Renewal => renewal;
}
