using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Report.Diff;
using Xunit;

namespace Mirror.Engine.Tests.Report.Diff;

public sealed class DiffNotesTests
{
    private static readonly DiffSide From = DiffBuilderTests.Side(
        "bundle", ("platform.tar", "release-channel", "v1.69.0", 0), ("platform.tar", "release-channel", "v1.70.4", 1));

    private static readonly DiffSide To = DiffBuilderTests.Side(
        "source",
        ("platform.tar", "release-channel", "v1.70.4", 1),
        ("platform.tar", "release-channel", "v1.71.3", 2),
        ("platform.tar", "release-channel", "v1.72.0", 3),
        ("module-console.tar", "modules/console/release", "v1.46.0", 4));

    [Fact]
    public void Requirements_are_compared_with_the_release_before()
    {
        MirrorDiff diff = Compare(
            (1, Requires(("k8s", "1.29"), ("old", "1"))),
            (2, Requires(("k8s", "1.30"))),
            (3, Requires(("k8s", "1.30"), ("ubuntu", "22.04"))));

        Assert.Equal(
            [
                new DiffedRequirement("v1.71.3", "k8s", "1.30", "1.29"),
                new DiffedRequirement("v1.71.3", "old", null, "1"),
                new DiffedRequirement("v1.72.0", "ubuntu", "22.04", null),
            ],
            diff.Requirements);
    }

    [Fact]
    public void Modules_are_told_where_they_leave_the_platform()
    {
        MirrorDiff diff = Compare(
            (1, Requires(("migratedModules", "a"))),
            (2, Requires(("migratedModules", "a, b"))),
            (3, Requires(("migratedModules", "a, b,c"))));

        Assert.Equal(
            [("v1.71.3", "b"), ("v1.72.0", "c")],
            diff.Notes.Where(note => note.Kind == DiffNoteKind.MigratedModule)
                .Select(note => (note.Release, note.Text)));
        Assert.Empty(diff.Requirements);
    }

    [Fact]
    public void Vulnerabilities_stand_before_impacts_and_releases_of_modules_have_their_name()
    {
        MirrorDiff diff = Compare(
            (1, new ReleaseNotes { Changes = [new ReleaseChange("", "CVE-2000-0000 known", "", null)] }),
            (2, new ReleaseNotes
            {
                Changes = [new ReleaseChange("candi", "New agent.", "Restarts.", null)],
                Disruptions = ["istio"],
                Unreadable = ["changelog.yaml cannot be read: oops"],
            }),
            (4, new ReleaseNotes { Changes = [new ReleaseChange("", "CVE-2026-1234", "", "https://x.example")] }));

        Assert.Equal(
            [
                new DiffedNote("console v1.46.0", "", DiffNoteKind.Vulnerability, "CVE-2026-1234", "https://x.example"),
                new DiffedNote("v1.71.3", "candi", DiffNoteKind.Impact, "New agent. Impact: Restarts.", null),
                new DiffedNote("v1.71.3", "", DiffNoteKind.Disruption, "istio", null),
                new DiffedNote("v1.71.3", "", DiffNoteKind.Unreadable, "changelog.yaml cannot be read: oops", null),
            ],
            diff.Notes);
    }

    [Fact]
    public void More_notes_than_anybody_reads_are_counted()
    {
        ReleaseNotes many = new()
        {
            Changes = [.. Enumerable.Range(0, 200).Select(n => new ReleaseChange("", $"CVE-2026-{n:0000}", "", null))],
            Disruptions = [.. Enumerable.Range(0, 200).Select(n => $"{n}")],
        };

        MirrorDiff diff = Compare((2, many), (3, many));

        Assert.Equal((DiffNotes.MaxNotes, 300), (diff.Notes.Length, diff.OmittedNotes));
        Assert.Equal(300, DiffFile.Read(Encoding.UTF8.GetBytes(DiffFile.Write(diff))).OmittedNotes);
    }

    [Fact]
    public void Only_notes_of_what_changes_are_wanted() => Assert.Equal(
        [.. Enumerable.Range(1, 4).Select(DrawnSides.DigestOf).Order()],
        DiffBuilder.WantedNotes(From, To).Order());

    private static ReleaseNotes Requires(params (string Name, string Value)[] requirements) => new()
    {
        Requirements = requirements.ToImmutableSortedDictionary(
            requirement => requirement.Name, requirement => requirement.Value, StringComparer.Ordinal),
    };

    private static MirrorDiff Compare(params (int Content, ReleaseNotes Notes)[] notes) => DiffBuilder.Compare(
        From, To with { Notes = notes.ToDictionary(note => DrawnSides.DigestOf(note.Content), note => note.Notes) });
}
