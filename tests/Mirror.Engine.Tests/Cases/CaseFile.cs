using System.Text.Json;
using Xunit;

namespace Mirror.Engine.Tests.Cases;

/// <summary>
/// Reads the case files, and the lists of the cases in which this product means to differ from d8, that say nothing
/// about it, and that wait for an issue.
/// </summary>
public sealed class CaseFile
{
    private readonly Dictionary<string, SpecCase> _cases;

    private CaseFile(string name) => _cases = Read(name).GetProperty("cases").EnumerateArray()
        .Select(entry => new SpecCase(entry))
        .ToDictionary(entry => entry.Id, StringComparer.Ordinal);

    public static CaseFile Pull { get; } = new("pull-cases.json");

    public static CaseFile Push { get; } = new("push-cases.json");

    /// <summary>
    /// Ids of the cases in which we differ, each with our answer and the reason; <c>id@0.33</c> where the case holds
    /// for both d8 versions and we differ from one.
    /// </summary>
    public static IReadOnlyDictionary<string, DifferentCase> Different { get; } = Read("cases-different.json")
        .EnumerateArray()
        .ToDictionary(
            IdOf,
            static entry => new DifferentCase(entry.GetProperty("ours").GetString()!, ReasonOf(entry)),
            StringComparer.Ordinal);

    /// <summary>Ids of the cases that say nothing about this product, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> NotApplicable { get; } = Read("cases-not-applicable.json")
        .EnumerateArray()
        .ToDictionary(IdOf, ReasonOf, StringComparer.Ordinal);

    /// <summary>A case of either file; no id is in both.</summary>
    public static SpecCase Find(string id) => Pull._cases.TryGetValue(id, out SpecCase? spec) ? spec : Push[id];

    public IEnumerable<SpecCase> Cases => _cases.Values;

    public SpecCase this[string id] => _cases[id];

    /// <summary>The ids of the cases of a kind, for kinds that mean the same to every d8 version.</summary>
    public TheoryData<string> Ids(string kind) => Ids(spec => spec.Kind == kind);

    public TheoryData<string> Ids(Func<SpecCase, bool> wanted) =>
        [.. _cases.Values.Where(wanted).Select(spec => spec.Id)];

    /// <summary>One row per case of a kind and d8 version it holds for: the id and the version.</summary>
    public TheoryData<string, string> Rows(string kind)
    {
        TheoryData<string, string> rows = [];
        foreach (SpecCase spec in _cases.Values.Where(spec => spec.Kind == kind))
        {
            foreach (string version in spec.Applies)
            {
                rows.Add(spec.Id, version);
            }
        }

        return rows;
    }

    /// <summary>
    /// Our answer must be d8's, or, for a case listed as different, exactly the one stated there, which must not be
    /// d8's: a stale entry is a failure too.
    /// </summary>
    /// <param name="spec">The case.</param>
    /// <param name="expected">What d8 answers.</param>
    /// <param name="actual">What we answer.</param>
    /// <param name="version">The d8 version that is compared with; null where both answer the same.</param>
    public static void Check(SpecCase spec, string expected, string actual, string? version = null)
    {
        if (Different.TryGetValue(spec.Id, out DifferentCase? different)
            || Different.TryGetValue($"{spec.Id}@{version}", out different))
        {
            Assert.False(
                expected == actual, $"{spec.Id} passes; remove it from cases-different.json ({different.Reason})");
            Assert.Equal(different.Ours, actual);
        }
        else
        {
            Assert.Equal(expected, actual);
        }
    }

    /// <summary>Compares lists of versions, channels and tags as sets (the files' conventions).</summary>
    public static void CheckSet(
        SpecCase spec, IEnumerable<string> expected, IEnumerable<string> actual, string? version = null) =>
        Check(spec, AsSet(expected), AsSet(actual), version);

    private static string AsSet(IEnumerable<string> items) => string.Join(' ', items.Order(StringComparer.Ordinal));

    private static string IdOf(JsonElement entry) => entry.GetProperty("id").GetString()!;

    private static string ReasonOf(JsonElement entry) => entry.GetProperty("reason").GetString()!;

    private static JsonElement Read(string name)
    {
        using JsonDocument document =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Cases", name)));
        return document.RootElement.Clone();
    }
}
