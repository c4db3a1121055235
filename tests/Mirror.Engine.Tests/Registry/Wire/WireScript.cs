using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Raw;

namespace Mirror.Engine.Tests.Registry.Wire;

/// <summary>
/// Reads the answers of the table. Parts are separated by " | ": a status; headers; then the body (<c>text</c>,
/// <c>blob a..b</c>, <c>wrong-blob</c>, <c>manifest</c>, <c>repeat n c</c>) and what happens: <c>until n</c> waits
/// until the client has read so far; <c>reset</c>, <c>close</c>, <c>half-close</c>; <c>hold</c> is silent until the
/// client's limit is reached, <c>hold 2</c> in its second wait from here; <c>silent</c> until the client goes away by
/// itself; <c>drip a..b s</c> sends byte by byte with s seconds of the fake clock between. Content-Length is added,
/// unless there is one or <c>no-length</c>. <c>no-body</c> leaves the request's body unread. Without a status only the
/// steps happen.
/// </summary>
internal sealed partial class WireScript(
    ManualTimeProvider clock, WirePosition position, IReadOnlyDictionary<string, string> names)
{
    private const string Separator = " | ";
    private int _answers;

    public RawAnswer Read(string text)
    {
        string[] parts = Named(text).Split(Separator);
        List<RawStep> steps = [];
        string head = "";
        long length = 0;
        bool hasStatus = StatusPattern().IsMatch(parts[0]);
        if (hasStatus)
        {
            head = $"HTTP/1.1 {parts[0]} Any\r\n";
        }

        foreach (string part in parts.Skip(hasStatus ? 1 : 0))
        {
            if (steps.Count == 0 && HeaderPattern().IsMatch(part))
            {
                head += part + "\r\n";
                continue;
            }

            if (Body(part) is { } body)
            {
                length += body.Length;
                steps.Add(RawSteps.Bytes(body));
            }
            else if (part is not ("no-length" or "no-body"))
            {
                steps.Add(Step(part, ref length));
            }
        }

        bool hasLength = parts.Contains("no-length")
            || head.Contains("Content-Length:", StringComparison.OrdinalIgnoreCase)
            || head.Contains("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase);
        head += hasStatus && !hasLength ? $"Content-Length: {length}\r\n" : "";
        return new RawAnswer([.. hasStatus ? [RawSteps.Text(head + "\r\n")] : (RawStep[])[], .. steps])
        {
            ReadsBody = !parts.Contains("no-body"),
        };
    }

    private static byte[]? Body(string part) => part.Split(' ', 2) switch
    {
        ["text", string text] => Encoding.UTF8.GetBytes(Regex.Unescape(text)),
        ["blob", string range] => Sample.Blob[Range(range)],
        ["wrong-blob", ..] => (byte[])[.. Sample.Blob[..500], (byte)~Sample.Blob[500], .. Sample.Blob[501..]],
        ["manifest", ..] => Sample.ManifestBytes,
        ["repeat", string what] => Encoding.UTF8.GetBytes(new string(what[^1], Number(what.Split(' ')[0]))),
        _ => null,
    };

    private RawStep Step(string part, ref long length)
    {
        switch (part.Split(' '))
        {
            case ["until", string end]:
                return connection => position.UntilAsync(Number(end), connection.Stopping);
            case ["reset"]:
                return RawSteps.Reset;
            case ["close"]:
                return RawSteps.Close;
            case ["half-close"]:
                return RawSteps.HalfClose;
            case ["silent"]:
                return RawSteps.Silence;
            case ["hold", .. string[] reads]:
                int limits = clock.Limits + (reads.Length > 0 ? Number(reads[0]) : 0);
                return async connection =>
                {
                    await clock.ReachLimitAsync(limits, connection.Stopping);
                    await connection.WaitForPeerAsync();
                };
            case ["drip", string range, string seconds]:
                (int from, int count) = Range(range).GetOffsetAndLength(Sample.Blob.Length);
                length += count;
                return connection => DripAsync(connection, from, count, TimeSpan.FromSeconds(Number(seconds)));
            default:
                throw new InvalidDataException($"Not a step: {part}");
        }
    }

    private async Task DripAsync(RawConnection connection, int from, int count, TimeSpan pause)
    {
        for (int at = from; at < from + count; at++)
        {
            await connection.WriteAsync(Sample.Blob.AsMemory(at, 1));
            await position.UntilAsync(at + 1, connection.Stopping);
            clock.Advance(pause);
        }
    }

    private string Named(string text)
    {
        text = text.Replace("{n}", $"{_answers++}", StringComparison.Ordinal);
        text = names.Aggregate(
            text, (all, name) => all.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal));
        return DatePattern().Replace(text, match => clock.GetUtcNow()
            .AddSeconds(double.Parse(match.Groups["seconds"].Value, CultureInfo.InvariantCulture))
            .ToString("R", CultureInfo.InvariantCulture));
    }

    private static Range Range(string text)
    {
        string[] ends = text.Split("..");
        return Number(ends[0])..Number(ends[1]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A\d{3}\z", RegexOptions.NonBacktracking)]
    private static partial Regex StatusPattern();

    [GeneratedRegex(@"\A[A-Za-z-]+:", RegexOptions.NonBacktracking)]
    private static partial Regex HeaderPattern();

    [GeneratedRegex(@"\{date(?<seconds>[+-]\d+)\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DatePattern();
}
