using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Settings.Ends;

/// <summary>
/// A host and perhaps a port, parsed strictly: DNS names, also without a dot; IPv4 addresses; IPv6 addresses in
/// brackets; ports from 1 to 65535.
/// </summary>
/// <param name="Name">Lower case; IPv6 in brackets and in its canonical form.</param>
/// <param name="Port">The port, if one is written.</param>
internal sealed partial record RegistryHost(string Name, int? Port)
{
    private const int MaxNameLength = 253;

    public static bool TryParse(string text, [NotNullWhen(true)] out RegistryHost? host)
    {
        int bracket = text.LastIndexOf(']');
        int colon = text.IndexOf(':', Math.Max(bracket, 0));
        string? name = NormalName((colon < 0 ? text : text[..colon]).ToLowerInvariant());
        ushort port = 0;
        bool hasPort = colon >= 0
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port > 0;
        host = name is null || (colon >= 0 && !hasPort) ? null : new RegistryHost(name, hasPort ? port : null);
        return host is not null;
    }

    /// <summary>Host and port without the scheme's default port.</summary>
    public string Authority(bool insecure) =>
        Port is { } port && port != (insecure ? 80 : 443) ? $"{Name}:{port}" : Name;

    /// <summary>Host and port as they were written, default port or not.</summary>
    public override string ToString() => Port is null ? Name : $"{Name}:{Port}";

    private static string? NormalName(string name) => name switch
    {
        ['[', .. string inner, ']'] => NormalAddress(inner),
        { Length: > MaxNameLength } => null,
        // Parsers of addresses take 1, 0x1 or 1.2 as well; a name whose last label is a number must be a plain quad.
        _ when AddressPattern().IsMatch(name) => IPAddress.TryParse(name, out _) ? name : null,
        _ => NamePattern().IsMatch(name) && !NumberPattern().IsMatch(name) ? name : null,
    };

    private static string? NormalAddress(string inner) =>
        !inner.Contains('%', StringComparison.Ordinal) && !inner.Contains('[', StringComparison.Ordinal)
        && IPAddress.TryParse(inner, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"[{address}]"
            : null;

    [GeneratedRegex(
        @"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\z",
        RegexOptions.ExplicitCapture, OciLimits.PatternMilliseconds)]
    private static partial Regex NamePattern();

    [GeneratedRegex(
        @"\A(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}\z",
        RegexOptions.ExplicitCapture, OciLimits.PatternMilliseconds)]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"(\A|\.)(0x[0-9a-f]*|[0-9]+)\z", RegexOptions.ExplicitCapture, OciLimits.PatternMilliseconds)]
    private static partial Regex NumberPattern();
}
