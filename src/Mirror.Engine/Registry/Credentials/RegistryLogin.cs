using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Credentials;

/// <summary>
/// What logs in at a registry: a login, an identity token or a registry token, and where it comes from. Not a record:
/// nothing but the origin must reach a log.
/// </summary>
internal sealed class RegistryLogin(string origin)
{
    public string Origin => origin;

    public Credential? Basic { get; init; }

    /// <summary>Buys tokens at the token service; wins over <see cref="Basic"/> there.</summary>
    public IdentityToken? Identity { get; init; }

    /// <summary>Sent to the registry as it is, where that takes Bearer tokens; wins over the others.</summary>
    public string? RegistryToken { get; init; }

    /// <summary>The program that stored it, whose command <c>login</c> replaces it; none for what is set.</summary>
    public string? Tool { get; init; }

    /// <summary>Tells the redactor what no text may repeat.</summary>
    public void AddSecrets(Redactor secrets)
    {
        secrets.Add(Basic?.Password);
        secrets.Add(Identity?.Text);
        secrets.Add(RegistryToken);
    }

    /// <summary>The end as messages are to tell of it: with this login.</summary>
    public RegistryAccess Tell(RegistryAccess access) => Tool is null ? access : access with
    {
        CredentialOrigin = Origin,
        CredentialAdvice = $"Log in again with {Tool} login {access.Host}. {access.CredentialAdvice}".TrimEnd(),
    };
}
