namespace Mirror.Engine.Registry.Credentials;

/// <summary>
/// A token that buys access tokens (an OAuth 2 refresh token, RFC 6749 section 6). A service may replace it with each
/// use and refuse the old one from then on: whoever uses it holds the gate, and what replaced it is kept for the run.
/// </summary>
internal sealed class IdentityToken(string text)
{
    private volatile string _text = text;
    private volatile bool _isPostRefused;

    /// <summary>The login that goes with it where it is a password.</summary>
    public string Login { get; init; } = HelperCredentials.TokenLogin;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public string Text => _text;

    /// <summary>Whether its service knows no POST, so that the token is a password instead.</summary>
    public bool IsPostRefused => _isPostRefused;

    public void Replace(string next) => _text = next;

    public void RefusePost() => _isPostRefused = true;
}
