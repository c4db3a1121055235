namespace Mirror.Engine.Tests.House;

/// <summary>What <c>./build.sh test --fast</c> leaves out: classes, or namespaces with <c>.*</c>, and why.</summary>
internal static class SlowTests
{
    public static IReadOnlyList<(string Name, string Reason)> Entries { get; } =
    [
        .. RepositoryTree.Read("build/slow-tests.txt").Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
            .Select(parts => (parts[0], parts.ElementAtOrDefault(1) ?? "")),
    ];
}
