using System.Globalization;

namespace Mirror.Engine.Errors;

/// <summary>
/// Times for people, in seconds: <c>3.9 s</c>. Logs and reports are read by others and by scripts, so they do not
/// depend on the language of the machine.
/// </summary>
internal static class SecondCount
{
    /// <summary>With one decimal.</summary>
    public static string Format(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>With the decimals that it has, up to three.</summary>
    public static string FormatExactly(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
