using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Settings.Ends;

/// <summary>
/// <c>[http://|https://]host[:port]/path</c>, parsed strictly: the host is always the first part, no public registry is
/// ever meant by default, and nothing that later joins could turn into another address gets through.
/// </summary>
/// <param name="Scheme"><c>http</c>, <c>https</c>, or empty if none is written.</param>
/// <param name="Host">The host.</param>
/// <param name="Path">The repository path, without slashes at either end.</param>
internal sealed record RegistryReference(string Scheme, RegistryHost Host, string Path)
{
    private const string Form = "Write host[:port]/path, for example registry.example.com/deckhouse/ee.";

    /// <summary>Reads a reference, or says what is wrong: exactly one of the two is null.</summary>
    public static Fault? Read(string label, string text, out RegistryReference? reference)
    {
        reference = null;
        if (text.Contains('@', StringComparison.Ordinal))
        {
            // What stands before an @ may be a password, so the text is not repeated.
            return Wrong(
                $"{label} holds an '@', which no reference may.",
                $"{Form} Logins are settings of their own; tags and digests do not belong here.");
        }

        string scheme = "";
        string rest = text;
        int separator = text.IndexOf("://", StringComparison.Ordinal);
        if (separator >= 0)
        {
            (scheme, rest) = (text[..separator].ToLowerInvariant(), text[(separator + 3)..]);
            if (scheme is not ("http" or "https"))
            {
                return Wrong($"{label} is {QuotedText.Quote(text)}, with a scheme that no registry speaks.", Form);
            }
        }

        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string host = slash < 0 ? rest : rest[..slash];
        string path = slash < 0 ? "" : rest[(slash + 1)..];
        path = path.EndsWith('/') ? path[..^1] : path;
        if (!RegistryHost.TryParse(host, out RegistryHost? parsed))
        {
            return Wrong(
                $"{label} is {QuotedText.Quote(text)}, and {QuotedText.Quote(host)} is not a valid host.", Form);
        }

        if (path.Length == 0)
        {
            return Wrong(
                $"{label} is {QuotedText.Quote(text)}: a host without a path.",
                $"Append the path, for example {parsed.Authority(scheme == "http")}/deckhouse/ee.");
        }

        if (!RepositoryName.IsValid(path))
        {
            return Wrong(
                $"{label} is {QuotedText.Quote(text)}, and {QuotedText.Quote(path)} is not a valid repository path.",
                "Write lower-case letters, digits and single . _ - between them, parts separated by /, without a tag.");
        }

        reference = new RegistryReference(scheme, parsed, path);
        int length = parsed.Authority(scheme == "http").Length + 1 + path.Length;
        return length <= RepositoryName.MaxLength
            ? null
            : Wrong($"{label} has {length} characters; {RepositoryName.MaxLength} are allowed.", "Use a shorter path.");
    }

    private static Fault Wrong(string message, string advice) => new(FaultCode.ReferenceMalformed, message, advice);
}
