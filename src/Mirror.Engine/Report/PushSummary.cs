using System.Globalization;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Report;

/// <summary>
/// What a push consisted of, in the kinds that people think in (docs/behaviour/push-and-bundle.md#push-summary).
/// </summary>
internal sealed class PushSummary(MirrorPlan plan)
{
    private const string Absent = "not present";

    private readonly ImmutableArray<string[]> _paths = [.. plan.Archives
        .SelectMany(archive => archive.Layouts)
        .Where(layout => layout.Images.Length > 0)
        .Select(layout => layout.Path)
        .Distinct(StringComparer.Ordinal)
        .Select(path => path.Split('/'))];

    public int Modules => Names("modules");

    /// <summary>One line for each kind.</summary>
    public ImmutableArray<string> Lines =>
    [
        $"Platform: {Pushed("", "install", "install-standalone", "release-channel")}",
        $"Installer: {Pushed("installer")}",
        $"Deckhouse CLI: {Pushed("deckhouse-cli")}",
        $"Security: {Count(Names("security"), "databases")}",
        $"Modules: {Count(Modules)}",
        $"Packages: {Count(Names("packages"))}",
        $"Plugins: {Count(_paths
            .Where(path => path is ["deckhouse-cli", "plugins", _, ..])
            .DistinctBy(path => path[2], StringComparer.Ordinal).Count())}",
        $"Other: {Count(_paths.Count(IsOther))}",
    ];

    /// <summary>
    /// A time span as Go writes it: <c>2m4s</c>; rounded to seconds, below a second to milliseconds
    /// (docs/behaviour/pull.md#sizes-and-times).
    /// </summary>
    public static string TimeOf(TimeSpan time)
    {
        double milliseconds = Math.Round(time.TotalMilliseconds, MidpointRounding.AwayFromZero);
        long seconds = (long)Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero);
        return seconds switch
        {
            _ when milliseconds is > 0 and < 1000 =>
                string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0}ms"),
            < 60 => $"{seconds}s",
            < 3600 => $"{seconds / 60}m{seconds % 60}s",
            _ => $"{seconds / 3600}h{seconds / 60 % 60}m{seconds % 60}s",
        };
    }

    private static string Count(int number, string nouns = "") =>
        number == 0 ? Absent
        : nouns.Length == 0 ? number.ToString(CultureInfo.InvariantCulture)
        : ItemCount.Format(number, nouns);

    private static bool IsOther(string[] path) => path is not (
        ["" or "install" or "install-standalone" or "release-channel" or "installer" or "deckhouse-cli"]
        or ["modules" or "packages" or "security", _, ..] or ["deckhouse-cli", "plugins", _, ..]);

    private string Pushed(params ReadOnlySpan<string> heads)
    {
        foreach (string[] path in _paths)
        {
            if (path.Length == 1 && heads.Contains(path[0]))
            {
                return "pushed";
            }
        }

        return Absent;
    }

    private int Names(string head) => _paths
        .Where(path => path.Length > 1 && path[0] == head)
        .DistinctBy(path => path[1], StringComparer.Ordinal).Count();
}
