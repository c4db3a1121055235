using System.Text;

namespace Mirror.Engine;

/// <summary>A login and its password. The password never appears in <see cref="object.ToString"/>.</summary>
/// <param name="Login">The login; not empty, without a colon (RFC 7617 section 2).</param>
/// <param name="Password">The password or token; may be empty.</param>
public sealed record Credential(string Login, string Password)
{
    /// <summary>The login that the Deckhouse registry expects with a licence token as password.</summary>
    internal const string LicenseLogin = "license-token";

    // A record prints every member by default; a secret must not reach a log through an interpolated string.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Login = ").Append(Login).Append(", Password = ***");
        return true;
    }
}
