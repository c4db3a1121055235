namespace Mirror.Engine.Registry.Login;

/// <summary>The place of one token that concurrent requests share, and what became of the tokens in it.</summary>
internal sealed class TokenSlot
{
    private volatile AccessToken? _token;

    /// <summary>Held by whoever asks for the next token.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public AccessToken? Token
    {
        get => _token;
        set => _token = value;
    }

    /// <summary>Whether new tokens were refused again and again, so that waiting for the next one is no use.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>Whether the service gives a token for the first scope, but none for all of them.</summary>
    public bool TakesFirstScopeOnly { get; set; }

    /// <summary>Drops a token that the registry refused; a newer one stays.</summary>
    public void Forget(AccessToken token) => Interlocked.CompareExchange(ref _token, null, token);

    public void Accept(AccessToken token)
    {
        token.WasAccepted = true;
        IsGivenUp = false;
    }
}
