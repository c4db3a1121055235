using Mirror.Engine.Disk;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Tests.Plan;
using Mirror.Engine.Tests.Report;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class ReportFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.json", true)]
    [InlineData("a.JSON", true)]
    [InlineData("a.md", false)]
    [InlineData("json", false)]
    public void The_name_says_the_form(string name, bool isJson) => Assert.Equal(isJson, ReportFile.IsJson(name));

    [Theory]
    [InlineData("/r/a.json", "{\n  \"format\": \"deckhouse-mirror-plan/1\"")]
    [InlineData("/r/a.md", "# Plan of ")]
    [InlineData("/r/a.html", "<!DOCTYPE html>")]
    [InlineData("/r/a.HTML", "<!DOCTYPE html>")]
    public void The_extension_says_what_is_written(string path, string start) =>
        Assert.StartsWith(
            start, ReportFile.Render(path, SmallPlan.Planned, SamplePlan.Make(), null), StringComparison.Ordinal);

    [Fact]
    public void An_older_report_is_replaced_as_is_what_a_broken_run_left()
    {
        string path = _folder.Combine("new", "report.md");
        ReportFile.Write(new PhysicalDisk(), path, "a long first text");
        File.WriteAllText(path + ".part", "half");

        ReportFile.Write(new PhysicalDisk(), path, "second");

        Assert.Equal("second", File.ReadAllText(path));
        Assert.Equal(["report.md"], Directory.GetFiles(_folder.Combine("new")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_a_fault_and_the_older_one_stays()
    {
        string path = _folder.Combine("report.md");
        File.WriteAllText(path, "old");
        Directory.CreateDirectory(path + ".part");

        Assert.Throws<MirrorException>(() => ReportFile.Write(new PhysicalDisk(), path, "new"));

        Assert.Equal("old", File.ReadAllText(path));
    }
}
