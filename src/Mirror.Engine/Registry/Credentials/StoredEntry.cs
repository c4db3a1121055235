using System.Text;
using System.Text.Json;

namespace Mirror.Engine.Registry.Credentials;

/// <summary>
/// One entry under <c>auths</c>: a login, nothing (<c>docker login</c> leaves empty ones behind where a helper keeps
/// the secret), or a flaw that matters only when the entry is needed.
/// </summary>
internal sealed record StoredEntry(RegistryLogin? Login, string? Flaw)
{
    private static readonly string[] Texts = ["auth", "username", "password", "identitytoken", "registrytoken"];

    public static StoredEntry Read(JsonElement value, string place, string tool)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return new StoredEntry(null, "an entry is not an object");
        }

        // Passed over, a secret of another kind would make the run anonymous without a word.
        if (Array.Find(Texts, name => value.TryGetProperty(name, out JsonElement member)
            && member.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) is { } odd)
        {
            return new StoredEntry(null, $"{odd} is not a text");
        }

        if (Text(value, "registrytoken") is { } registryToken)
        {
            return registryToken.Any(c => !char.IsAscii(c) || char.IsControl(c) || c == ' ')
                ? new StoredEntry(null, "a registrytoken holds what HTTP cannot carry")
                : new StoredEntry(new RegistryLogin($"the registry token in {place}")
                {
                    RegistryToken = registryToken,
                    Tool = tool,
                }, null);
        }

        if (!TryLogin(value, out Credential? login))
        {
            return new StoredEntry(null, "an entry holds no login in base64 under auth, or one with a colon");
        }

        if (Text(value, "identitytoken") is { } identityToken)
        {
            return new StoredEntry(new RegistryLogin($"the identity token in {place}")
            {
                Basic = login is { Password.Length: > 0 } ? login : null,
                Identity = login is { Login.Length: > 0 }
                    ? new IdentityToken(identityToken) { Login = login.Login }
                    : new IdentityToken(identityToken),
                Tool = tool,
            }, null);
        }

        return login is null
            ? new StoredEntry(null, null)
            : new StoredEntry(new RegistryLogin($"the login in {place}") { Basic = login, Tool = tool }, null);
    }

    private static bool TryLogin(JsonElement value, out Credential? login)
    {
        login = null;
        if (Text(value, "auth") is not { } auth)
        {
            string name = Text(value, "username") ?? "";
            string password = Text(value, "password") ?? "";
            login = name.Length + password.Length > 0 ? new Credential(name, password) : null;
            return !name.Contains(':', StringComparison.Ordinal);
        }

        byte[] bytes = new byte[auth.Length];
        if (!Convert.TryFromBase64String(auth, bytes, out int count))
        {
            return false;
        }

        // Docker once padded passwords with zeros.
        string[] parts = Encoding.UTF8.GetString(bytes, 0, count).TrimEnd('\0').Split(':', 2);
        login = parts.Length == 2 && parts[0].Length + parts[1].Length > 0 ? new Credential(parts[0], parts[1]) : null;
        return parts.Length == 2;
    }

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String
        && member.GetString() is { Length: > 0 } text
            ? text
            : null;
}
