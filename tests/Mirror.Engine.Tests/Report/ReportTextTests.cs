using Mirror.Engine.Errors;
using Xunit;

namespace Mirror.Engine.Tests.Report;

/// <summary>Results as one line for humans.</summary>
public sealed class ReportTextTests
{
    [Fact]
    public void A_plan_prints_as_one_line() => Assert.Equal(
        $"2 images in 2 archives (3.0 MB), {ByteCount.Format(SmallPlan.Plan.TransferBytes)} to transfer",
        SmallPlan.Plan.ToString());

    [Fact]
    public void A_report_on_sums_prints_as_one_line()
    {
        GostReport report = new() { Files = SmallPlan.Report.Files, Duration = TimeSpan.Zero };

        Assert.Equal("The GOST sum of 1 file is true (1.5 MB)", report.ToString());
    }
}
