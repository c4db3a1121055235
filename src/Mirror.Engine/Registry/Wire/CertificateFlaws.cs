using System.Formats.Asn1;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mirror.Engine.Registry.Wire;

/// <summary>What is wrong with the certificate of a server, in words, some of which are the server's.</summary>
internal static class CertificateFlaws
{
    private const int ShownNames = 5;

    private const X509ChainStatusFlags NoRoot = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;

    /// <summary>Whether a chain ends at a certificate that is trusted, whatever else is wrong with it.</summary>
    public static bool HasKnownRoot(X509Chain chain) =>
        chain.ChainStatus.All(status => (status.Status & NoRoot) == X509ChainStatusFlags.NoError);

    public static string Describe(
        SslPolicyErrors errors, X509Certificate2? certificate, X509Chain? chain, string host)
    {
        List<string> flaws = [];
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "the server sent none";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            flaws.Add($"it was issued for another host name than {host}: {NamesOf(certificate)}");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            flaws.AddRange(OfChain(chain, certificate));
        }

        return ErrorBody.Clean(string.Join(" and ", flaws));
    }

    private static IEnumerable<string> OfChain(X509Chain? chain, X509Certificate2 certificate)
    {
        X509ChainElement[] elements = [.. chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>()];
        foreach (X509ChainElement element in elements.Where(element => IsUntimely(element)))
        {
            string name = element == elements[0] ? "it" : $"the certificate of {element.Certificate.Subject}";
            bool isOver = element.Certificate.NotAfter < chain!.ChainPolicy.VerificationTime;
            yield return isOver
                ? $"{name} expired on {Date(element.Certificate.NotAfter)}"
                : $"{name} is not valid before {Date(element.Certificate.NotBefore)}";
        }

        X509ChainStatusFlags[] others = [.. (chain?.ChainStatus ?? []).Select(status => status.Status)
            .Where(status => status != X509ChainStatusFlags.NotTimeValid).Distinct()];
        if (others.Length > 0 || elements.Length == 0)
        {
            string issuer = elements.Length == 0 ? certificate.Issuer : elements[^1].Certificate.Issuer;
            yield return $"it is not trusted ({string.Join(", ", others)}; the last issuer is {issuer})";
        }
    }

    private static bool IsUntimely(X509ChainElement element) =>
        element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid);

    private static string NamesOf(X509Certificate2 certificate)
    {
        try
        {
            string[] names =
            [
                .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                    .SelectMany(extension => extension.EnumerateDnsNames()
                        .Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))),
            ];
            return names.Length == 0 ? $"it names no host, only the subject {certificate.Subject}"
                : $"it names {string.Join(", ", names.Take(ShownNames))}"
                    + (names.Length > ShownNames ? $" and {names.Length - ShownNames} more" : "");
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            return "its names cannot be read";
        }
    }

    public static string Date(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
