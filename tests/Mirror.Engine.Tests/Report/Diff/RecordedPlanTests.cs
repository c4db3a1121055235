using System.Text;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Report.Diff;
using Xunit;

namespace Mirror.Engine.Tests.Report.Diff;

public sealed class RecordedPlanTests
{
    private static readonly string Plan = ReportJson.Render(SmallPlan.Planned, SmallPlan.Plan, null);

    [Fact]
    public void A_plan_and_the_report_of_its_pull_are_one_state()
    {
        RecordedPlan plan = Read(Plan);
        RecordedPlan report = Read(ReportJson.Render(SmallPlan.Pulled, SmallPlan.Report));

        Assert.Equal(("plan", "report"), (plan.Kind, report.Kind));
        Assert.Equal("registry.example/edition", plan.Source);
        Assert.Equal(TaggedImage.In(SmallPlan.Plan), plan.Images);
        Assert.Equal(plan.Images, report.Images);
        Assert.Equal(1_500_100, plan.Sizes[plan.Images[0].Digest]);
    }

    [Fact]
    public void What_a_push_adds_is_no_part_of_a_state()
    {
        string text = Plan.Replace("\"test of v1.69.0\"", "\"installer of channel stable\"", StringComparison.Ordinal);

        Assert.Equal(SmallPlan.Plan.ImageCount - 1, Read(text).Images.Length);
    }

    [Fact]
    public void What_was_read_out_of_a_bundle_says_no_source() => Assert.Null(
        Read(Plan.Replace("\"verb\": \"plan\"", "\"verb\": \"verify\"", StringComparison.Ordinal)).Source);

    [Theory]
    [InlineData("deckhouse-mirror-plan/1", "deckhouse-mirror-plan/2")]
    [InlineData("\"succeeded\"", "\"failed\"")]
    [InlineData("\"source\": ", "\"source\": 1, \"source\": ")]
    [InlineData("\"platform.tar\"", "\"../platform.tar\"")]
    [InlineData("\"digest\": \"sha256:", "\"digest\": \"md5:")]
    [InlineData("\"tag\": \"v1.69.0\"", "\"tag\": \"v1 69\"")]
    [InlineData("\"bytes\": 1500100", "\"bytes\": -1")]
    [InlineData("\"archives\"", "\"boxes\"")]
    [InlineData("\"layouts\": [", "\"layouts\": 1, \"x\": [")]
    public void A_record_that_cannot_be_is_refused(string text, string forged)
    {
        Assert.Contains(text, Plan, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Read(Plan.Replace(text, forged, StringComparison.Ordinal)));
    }

    private static RecordedPlan Read(string text) => RecordedPlan.Read(Encoding.UTF8.GetBytes(text));
}
