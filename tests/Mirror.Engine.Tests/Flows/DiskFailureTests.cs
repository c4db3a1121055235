using Mirror.Engine.Disk;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class DiskFailureTests
{
    [Fact]
    public async Task A_failure_of_the_disk_that_no_room_expects_still_has_its_code_and_names_its_file()
    {
        using TemporaryFolder folder = new();
        EngineParts parts = new(new RunEnvironment(new Dictionary<string, string>()), TimeProvider.System)
        {
            Disk = new ScriptedDisk(new PhysicalDisk())
            {
                BeforeLook = path => throw DiskException.Create(5, path, "Input/output error"),
            },
        };

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => new MirrorEngine(parts).VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = folder.FullName },
            null,
            TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.DiskFailed, failure.Faults[0].Code);
        Assert.Contains($"'{folder.FullName}' cannot be used: Input/output error", failure.Message);
    }

    [Fact]
    public void A_report_that_the_file_system_could_not_store_is_a_fault_and_the_older_one_stays()
    {
        using TemporaryFolder folder = new();
        string path = folder.Combine("report.md");
        File.WriteAllText(path, "old");
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            Before = (operation, _) =>
            {
                if (operation == "close")
                {
                    throw new IOException("Input/output error", 5);
                }
            },
        };

        MirrorException failure = Assert.Throws<MirrorException>(() => ReportFile.Write(disk, path, "new"));

        Assert.Equal(FaultCode.DiskFailed, failure.Faults[0].Code);
        Assert.Equal("old", File.ReadAllText(path));
    }
}
