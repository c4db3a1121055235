namespace Mirror.TestKit.Registry;

/// <summary>A request for a token, granted or not. What identified the user is not kept.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Flow"><c>anonymous</c>, <c>basic</c>, <c>password</c> or <c>refresh_token</c>.</param>
/// <param name="Service">The service asked for.</param>
/// <param name="Scopes">The scopes asked for.</param>
/// <param name="IsGranted">Whether a token was given.</param>
public sealed record TokenRequest(
    string Method, string Flow, string Service, IReadOnlyList<string> Scopes, bool IsGranted);
