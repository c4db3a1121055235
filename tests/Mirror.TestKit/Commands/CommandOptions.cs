using System.Globalization;

namespace Mirror.TestKit.Commands;

/// <summary>Options of the form <c>--name value</c> or <c>--flag</c>; an unknown one is an error.</summary>
internal sealed class CommandOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);

    public CommandOptions(ReadOnlySpan<string> arguments, string[] names, string[] flags)
    {
        for (var index = 0; index < arguments.Length; index++)
        {
            var name = arguments[index];
            if (flags.Contains(name))
            {
                _flags.Add(name);
            }
            else if (!names.Contains(name))
            {
                throw new UsageException($"unknown option {name}");
            }
            else if (++index == arguments.Length)
            {
                throw new UsageException($"{name} needs a value");
            }
            else
            {
                _values[name] = arguments[index];
            }
        }
    }

    public bool Has(string flag) => _flags.Contains(flag);

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public string Required(string name) => Text(name) ?? throw new UsageException($"{name} is missing");

    public int Number(string name, int otherwise) => Text(name) is not { } text
        ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"{name} is not a number: {text}");

    public double Share(string name, double otherwise) => Text(name) is not { } text
        ? otherwise
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            ? share
            : throw new UsageException($"{name} is not a share between 0 and 1: {text}");

    /// <summary>Bytes, with decimal units: <c>200MB</c>, <c>1.5GB</c> or a plain number.</summary>
    public long Size(string name, long otherwise) => Text(name) is { } text ? SizeOf(name, text) : otherwise;

    /// <summary>Sizes with commas between them; none when the option is absent.</summary>
    public IReadOnlyList<long> Sizes(string name) =>
        [.. (Text(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => SizeOf(name, text))];

    private static long SizeOf(string name, string text)
    {
        var (digits, unit) = text.ToUpperInvariant() switch
        {
            var upper when upper.EndsWith("GB", StringComparison.Ordinal) => (upper[..^2], 1_000_000_000m),
            var upper when upper.EndsWith("MB", StringComparison.Ordinal) => (upper[..^2], 1_000_000m),
            var upper when upper.EndsWith("KB", StringComparison.Ordinal) => (upper[..^2], 1_000m),
            var upper => (upper, 1m),
        };
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? (long)(number * unit)
            : throw new UsageException($"{name} is not a size: {text}");
    }
}
