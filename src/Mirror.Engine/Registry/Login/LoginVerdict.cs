namespace Mirror.Engine.Registry.Login;

/// <summary>What an answer of the registry means for the same request with another login.</summary>
internal enum LoginVerdict
{
    /// <summary>No other login helps: the answer is final.</summary>
    Final,

    /// <summary>It may go better at once: with a login, or with another one.</summary>
    Again,

    /// <summary>The same login may be taken in a moment: a token that was issued just now was refused.</summary>
    Later,
}
