using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class ReleaseNotesTests
{
    private const string Changelog = """
        candi:
          fixes:
            - summary: Fix cve-2026-12345 in the kernel.
              pull_request: https://github.com/deckhouse/deckhouse/pull/1
            - summary: Nothing to see.
          features:
            - summary: New agent
              impact: All pods restart.
              pull_request: javascript:alert(1)
        prometheus:
          fixes:
            - BDU:2026-00001 is gone
        """;

    [Fact]
    public void Vulnerabilities_and_impacts_are_told_and_nothing_else() => Assert.Equal(
        [
            new ReleaseChange(
                "candi", "Fix cve-2026-12345 in the kernel.", "", "https://github.com/deckhouse/deckhouse/pull/1"),
            new ReleaseChange("candi", "New agent", "All pods restart.", null),
            new ReleaseChange("prometheus", "BDU:2026-00001 is gone", "", null),
        ],
        Read(changelog: Changelog).Changes);

    [Fact]
    public void A_module_may_have_lists_without_a_component() => Assert.Equal(
        [new ReleaseChange("", "CVE-2026-1234", "", null)], Read(changelog: "fixes: [CVE-2026-1234, other]").Changes);

    [Fact]
    public void Requirements_and_disruptions_are_those_of_the_release()
    {
        ReleaseNotes notes = Read(
            """
            {"version":"v1.71.3","requirements":{"k8s":"1.30","n":3},"disruptions":{"1.71":["istio"],"1.70":["old"]}}
            """);

        Assert.Equal("v1.71.3", notes.Version);
        Assert.Equal(["k8s=1.30", "n=3"], notes.Requirements.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(["istio"], notes.Disruptions);
    }

    [Theory]
    [InlineData("oops", "version.json cannot be read: ")]
    [InlineData("[]", "version.json cannot be read: ")]
    public void A_version_that_cannot_be_read_is_told(string version, string expected)
    {
        ReleaseNotes notes = Read(version, Changelog);

        Assert.StartsWith(expected, Assert.Single(notes.Unreadable));
        Assert.Equal(3, notes.Changes.Length);
    }

    [Theory]
    [InlineData("a: [")]
    [InlineData("- a\n- b\n")]
    [InlineData("a: &x [*x]")]
    public void A_changelog_that_cannot_be_read_is_told(string changelog) => Assert.StartsWith(
        "changelog.yaml cannot be read: ", Assert.Single(Read("{}", changelog).Unreadable));

    [Fact]
    public void Texts_are_one_line_of_bounded_length()
    {
        ReleaseChange change = Assert.Single(Read(
            changelog: $"a: [\"CVE-2026-1234\\n\\u202e{new string('x', 5000)}\"]").Changes);

        Assert.StartsWith("CVE-2026-1234  xxx", change.Summary);
        Assert.Equal(ReleaseNotes.MaxLetters + "...".Length, change.Summary.Length);
    }

    [Fact]
    public void A_release_tells_a_bounded_number_of_changes() => Assert.Equal(
        ReleaseNotes.MaxItems,
        Read(changelog: $"a: [{string.Join(", ", Enumerable.Repeat("CVE-2026-1234", 1000))}]").Changes.Length);

    private static ReleaseNotes Read(string? version = null, string? changelog = null)
    {
        Dictionary<string, ReadOnlyMemory<byte>> files = [];
        if (version is not null)
        {
            files.Add("version.json", Encoding.UTF8.GetBytes(version));
        }

        if (changelog is not null)
        {
            files.Add("changelog.yaml", Encoding.UTF8.GetBytes(changelog));
        }

        return ReleaseNotes.Read(files);
    }
}
