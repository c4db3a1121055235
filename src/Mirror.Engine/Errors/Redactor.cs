using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Mirror.Engine.Errors;

/// <summary>
/// Knows the secrets of one run and takes them out of every text that leaves the engine, in whatever form a server or a
/// library repeats them: plain, in any case, in Base64 at any alignment, URL-encoded, as HTML or as JSON. Safe for
/// concurrent use.
/// </summary>
internal sealed partial class Redactor
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mark = "***";

    /// <summary>Shorter texts occur everywhere: replacing them makes messages unreadable and hides nothing.</summary>
    private const int ShortestSecret = 4;

    /// <summary>A shorter part of a Base64 text says less than three bytes.</summary>
    private const int ShortestBase64 = 5;

    /// <summary>Access tokens come by the repository and are renewed; those before are expired.</summary>
    private const int MostTokens = 512;

    private readonly Lock _gate = new();
    private ImmutableArray<string> _secrets = [];
    private ImmutableArray<string> _base64 = [];
    private ImmutableQueue<string> _tokens = [];
    private int _tokenCount;

    /// <summary>Remembers a secret that was set or found: a password, a licence, the password of a key.</summary>
    public void Add(string? secret)
    {
        if (secret is null || secret.Length < ShortestSecret)
        {
            return;
        }

        lock (_gate)
        {
            if (!_secrets.Contains(secret))
            {
                // A secret that holds another one is replaced whole.
                _secrets = [.. _secrets.Append(secret).OrderByDescending(text => text.Length)];
                _base64 = [.. _base64.Concat(Base64Forms(secret)).Distinct()];
            }
        }
    }

    /// <summary>Remembers an access token. Only its own text is looked for: it says nothing about a login.</summary>
    public void AddToken(string token)
    {
        if (token.Length < ShortestSecret)
        {
            return;
        }

        lock (_gate)
        {
            _tokens = _tokens.Enqueue(token);
            if (++_tokenCount > MostTokens)
            {
                _tokens = _tokens.Dequeue();
                _tokenCount--;
            }
        }
    }

    public string Redact(string text)
    {
        text = RedactPlain(text);
        string decoded = Decode(text);
        string redacted = decoded == text ? text : RedactPlain(decoded);

        // Where nothing was hidden in an encoding, the text stays as it was sent.
        return redacted == decoded ? text : redacted;
    }

    public Fault Redact(Fault fault) => fault with
    {
        Message = Redact(fault.QuotableMessage),
        Advice = Redact(fault.QuotableAdvice),
        Settings = [.. fault.Settings.Select(Redact)],
    };

    /// <summary>
    /// The exception without any secret of this run. A cause that repeats one is dropped: its text cannot be changed,
    /// and build logs write causes out.
    /// </summary>
    public MirrorException Redact(MirrorException exception)
    {
        ImmutableArray<Fault> faults = [.. exception.Faults.Select(Redact)];
        string? cause = exception.InnerException?.ToString();
        bool isCauseClean = cause is null || Redact(cause) == cause;
        return isCauseClean && faults.SequenceEqual(exception.Faults)
            ? exception
            : new MirrorException(faults, isCauseClean ? exception.InnerException : null);
    }

    private SettingReference Redact(SettingReference setting) =>
        setting.Value is null ? setting : setting with { Value = Redact(setting.Value) };

    private static string Decode(string text)
    {
        string decoded = text.Contains('%') ? Uri.UnescapeDataString(text) : text;
        decoded = decoded.Contains('&') ? WebUtility.HtmlDecode(decoded) : decoded;
        return decoded.Contains('\\')
            ? JsonEscape().Replace(decoded, static match => match.Groups["code"].Success
                ? ((char)Convert.ToUInt16(match.Groups["code"].Value, 16)).ToString()
                : match.Value[1..])
            : decoded;
    }

    /// <summary>
    /// What Base64 makes of a secret wherever it stands in a longer text, without the characters at both ends that also
    /// depend on what stands beside it.
    /// </summary>
    private static IEnumerable<string> Base64Forms(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        for (int offset = 0; offset < 3; offset++)
        {
            byte[] shifted = [.. new byte[offset], .. bytes];
            string text = Convert.ToBase64String(shifted).TrimEnd('=');
            string core = text[(((offset * 8) + 5) / 6)..(shifted.Length * 8 / 6)];
            if (core.Length >= ShortestBase64)
            {
                yield return core;
                yield return core.Replace('+', '-').Replace('/', '_');
            }
        }
    }

    [GeneratedRegex(@"\\(?:u(?<code>[0-9a-fA-F]{4})|[""\\/])", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex JsonEscape();

    private static bool IsBase64(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '-' or '_' or '=';

    private string RedactPlain(string text)
    {
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, Mark, StringComparison.OrdinalIgnoreCase);
        }

        foreach (string token in _tokens)
        {
            text = text.Replace(token, Mark, StringComparison.Ordinal);
        }

        foreach (string form in _base64)
        {
            for (int at; (at = text.IndexOf(form, StringComparison.OrdinalIgnoreCase)) >= 0;)
            {
                // The whole run of Base64 goes: its other characters hold the rest of the secret, and the login.
                int first = at;
                int end = at + form.Length;
                while (first > 0 && IsBase64(text[first - 1]))
                {
                    first--;
                }

                while (end < text.Length && IsBase64(text[end]))
                {
                    end++;
                }

                text = string.Concat(text.AsSpan(0, first), Mark, text.AsSpan(end));
            }
        }

        return text;
    }
}
