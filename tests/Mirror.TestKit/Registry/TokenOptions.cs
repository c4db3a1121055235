namespace Mirror.TestKit.Registry;

/// <summary>How the token service of a <see cref="TestRegistry"/> behaves (distribution's token documents).</summary>
public sealed record TokenOptions
{
    /// <summary>The name of the service, in challenges and in requests for tokens.</summary>
    public string Service { get; init; } = "test registry";

    /// <summary>Listen on a loopback port of its own; by default on the registry's, at <c>/token</c>.</summary>
    public bool HasOwnPort { get; init; }

    /// <summary>The host that the realm names, without a port; the registry's by default.</summary>
    public string? RealmHost { get; init; }

    /// <summary>The only user who gets tokens. Null, the default: everybody does.</summary>
    public TestCredential? Credential { get; init; }

    /// <summary>A refresh token that stands for <see cref="Credential"/> when it is posted. None by default.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>
    /// How long tokens live by <see cref="Time"/>, said as <c>expires_in</c>. Null, the default: nothing is said and
    /// they live for 60 seconds, as the documents have it.
    /// </summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Answer with <c>access_token</c> instead of <c>token</c>.</summary>
    public bool SaysAccessToken { get; init; }

    /// <summary>Take POST, the default; false: refuse it with 405, as services without OAuth 2 do.</summary>
    public bool AllowPost { get; init; } = true;

    /// <summary>Whether an action (pull, push, delete) on a repository is granted. Everything is by default.</summary>
    public Func<string, string, bool> Grants { get; init; } = static (_, _) => true;

    /// <summary>The clock of the tokens' lives.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
