using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

/// <summary>What to do about an answer that no registry gives, as far as the answer tells who gave it.</summary>
internal static class UnexpectedAdvice
{
    private static readonly string Other =
        "Check that host and port are those of a registry (not of a web page or another proxy), and whether it wants "
        + $"HTTPS ({SettingName.Insecure}).";

    private const string WebPage =
        "A web page came instead of a registry's answer: check host, port and path, and look for a login page (single "
        + "sign-on, captive portal), a proxy or a web console at that address.";

    private static readonly string WantsTls =
        $"The server speaks HTTPS at that port: remove {SettingName.Insecure}, and write the registry without http://.";

    public static string Choose(RegistryAccess access, string host, bool isElsewhere, string said) =>
        isElsewhere
            ? $"{access.Host} named {host}: run again for a new address; if the problem persists, ask the "
                + $"administrator of {access.Host} to look at its storage and at the addresses that it gives out. If "
                + $"{host} is the registry itself, name it as the {access.End}."
        : access.Insecure && IsOfTlsPort(said) ? WantsTls
        : Mentions(said, "<html") || Mentions(said, "<!doctype") ? WebPage
        : Other;

    /// <summary>Whether a server says that it was asked by plain HTTP where it speaks HTTPS.</summary>
    public static bool IsOfTlsPort(string said) => Mentions(said, "HTTPS port") || Mentions(said, "HTTPS server");

    private static bool Mentions(string said, string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
}
