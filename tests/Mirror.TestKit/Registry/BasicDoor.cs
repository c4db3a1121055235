using System.Text;

namespace Mirror.TestKit.Registry;

/// <summary>Basic authentication (RFC 7617): lets one user in, or everybody when there is none.</summary>
internal sealed class BasicDoor(TestCredential? credential) : IDoor
{
    private readonly string? _expected = credential is null
        ? null
        : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Password}"));

    public bool Admits(Exchange exchange) =>
        _expected is null || exchange.Http.Headers.Authorization.ToString() == _expected;

    public Task RefuseAsync(Exchange exchange)
    {
        exchange.Response.Headers.WWWAuthenticate = "Basic realm=\"test registry\"";
        return exchange.RefuseAsync(401, "UNAUTHORIZED", "authentication required");
    }
}
