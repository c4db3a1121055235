using System.Collections.Frozen;

namespace Mirror.Engine.Registry.Login;

/// <summary>How a registry wants a client to log in (RFC 9110 section 11.6.1).</summary>
/// <param name="Scheme">The scheme in lower case: <c>basic</c> or <c>bearer</c>; others are ignored.</param>
/// <param name="Parameters">The parameters, names in lower case.</param>
internal sealed record Challenge(string Scheme, FrozenDictionary<string, string> Parameters)
{
    public const string BasicScheme = "basic";
    public const string BearerScheme = "bearer";

    public static Challenge Basic { get; } = new(BasicScheme, FrozenDictionary<string, string>.Empty);

    public bool IsBasic => Scheme == BasicScheme;

    public bool IsBearer => Scheme == BearerScheme;

    public string Realm => Parameters.GetValueOrDefault("realm", "");

    public string Service => Parameters.GetValueOrDefault("service", "");

    /// <summary>Why a token was refused (RFC 6750 section 3.1); mostly empty.</summary>
    public string Error => Parameters.GetValueOrDefault("error", "");

    public string Scope => Parameters.GetValueOrDefault("scope", "");
}
