using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows.Schedules;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class PullLeftoverTests
{
    [Theory]
    [InlineData("delete", "/tmp/d8mirror-spool-", "cleared")]
    [InlineData("delete-folder", "/tmp", "deleted")]
    public async Task What_cannot_be_cleared_away_after_the_commit_is_a_warning_of_a_pull_that_succeeded(
        string operation, string place, string action)
    {
        await using ScheduleSource source = await ScheduleSource.StartAsync(hasTokens: false);
        DrawnForm form = new(0, HasSums: false);
        SimulatedDisk disk = new();
        ScriptedDisk failing = new(disk)
        {
            Before = (done, path) =>
            {
                bool isIt = operation == "delete" ? path.StartsWith(place, StringComparison.Ordinal) : path == place;
                if (done == "delete" && isIt && disk.FileExists($"/bundle/{BundleNames.Index}"))
                {
                    throw new IOException("input/output error", 5);
                }
            },
        };

        Task<MirrorReport> pull = source.Engine(failing)
            .PullAsync(source.Settings(form), null, TestContext.Current.CancellationToken);
        await source.Time.DrivePausesAsync(pull);

        Fault warning = Assert.Single((await pull).Warnings, fault => fault.Code == FaultCode.DiskFailed);
        Assert.StartsWith($"'{place}", warning.Message, StringComparison.Ordinal);
        Assert.Contains($"cannot be {action}", warning.Message, StringComparison.Ordinal);
        BundleRun.DemandSame(await source.BundleAsync(form), disk.Files());
    }
}
