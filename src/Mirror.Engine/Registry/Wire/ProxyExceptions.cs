using System.Globalization;
using System.Net;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// The hosts that <c>NO_PROXY</c> names: <c>*</c>, addresses, CIDR ranges, <c>host:port</c>, domains with their
/// sub-domains, and with a leading dot sub-domains alone. Loopback is always among them. Blanks and semicolons separate
/// as commas do, and a scheme in front of a host is passed over, as people write them.
/// </summary>
internal sealed class ProxyExceptions(
    ImmutableArray<(string Host, int? Port)> hosts, ImmutableArray<IPNetwork> networks, bool isAll)
{
    private static readonly char[] Separators = [',', ';', ' ', '\t'];

    public static ProxyExceptions Parse(string? text)
    {
        ImmutableArray<(string, int?)>.Builder hosts = ImmutableArray.CreateBuilder<(string, int?)>();
        ImmutableArray<IPNetwork>.Builder networks = ImmutableArray.CreateBuilder<IPNetwork>();
        bool isAll = false;
        foreach (string entry in (text ?? "").Split(
            Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (entry == "*")
            {
                isAll = true;
            }
            else if (TryParseNetwork(entry, out IPNetwork network))
            {
                networks.Add(network);
            }
            else
            {
                hosts.Add(ParseHost(entry));
            }
        }

        return new ProxyExceptions(hosts.ToImmutable(), networks.ToImmutable(), isAll);
    }

    public bool Covers(Uri destination)
    {
        string host = Normalise(destination.IdnHost);
        bool isAddress = IPAddress.TryParse(host, out IPAddress? address);
        if (isAll || host == "localhost" || (isAddress && IPAddress.IsLoopback(address!)))
        {
            return true;
        }

        return (isAddress && networks.Any(network => network.Contains(Unmapped(address!))))
            || hosts.Any(entry => (entry.Port is null || entry.Port == destination.Port)
                && (isAddress ? SameAddress(entry.Host, address!) : MatchesName(host, entry.Host)));
    }

    private static (string Host, int? Port) ParseHost(string entry)
    {
        int scheme = entry.IndexOf("://", StringComparison.Ordinal);
        entry = (scheme < 0 ? entry : entry[(scheme + 3)..]).TrimEnd('/');
        string host = entry;
        int? port = null;
        int colon = entry.LastIndexOf(':');
        bool isBareAddress = entry.Count(character => character == ':') > 1 && !entry.Contains(']');
        if (colon > 0 && !isBareAddress && int.TryParse(
            entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            host = entry[..colon];
            port = number;
        }

        host = Normalise(host);
        return (host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host, port);
    }

    private static bool MatchesName(string host, string entry) => entry.StartsWith('.')
        ? host.EndsWith(entry, StringComparison.Ordinal)
        : host == entry || (entry.Length > 0 && host.EndsWith($".{entry}", StringComparison.Ordinal));

    private static bool SameAddress(string entry, IPAddress address) =>
        IPAddress.TryParse(entry, out IPAddress? listed) && Unmapped(listed).Equals(Unmapped(address));

    // Unlike IPNetwork.Parse, host bits may be set, as people write them: 10.1.2.3/8.
    private static bool TryParseNetwork(string entry, out IPNetwork network)
    {
        network = default;
        int slash = entry.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(entry.AsSpan(0, slash), out IPAddress? address)
            || !int.TryParse(
                entry.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length))
        {
            return false;
        }

        byte[] bytes = address.GetAddressBytes();
        if (length > bytes.Length * 8)
        {
            return false;
        }

        for (int bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        network = new IPNetwork(new IPAddress(bytes), length);
        return true;
    }

    private static IPAddress Unmapped(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static string Normalise(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
}
