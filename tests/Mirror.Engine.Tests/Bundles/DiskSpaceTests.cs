using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class DiskSpaceTests
{
    private static readonly ArchiveLayout[] Archives =
    [
        new("module-console.tar", 3_000_000, [], ""),
        new("platform.tar", 9_000_000, [], ""),
        new("security.tar", 2_000_000, [], ""),
        new("package-pkg.tar", 4_000_000, [], ""),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void What_does_not_fit_is_refused_with_bytes_volume_and_what_to_leave_out()
    {
        MirrorException exception = Refusal(10_000_000, 18_000_000);

        Fault fault = Assert.Single(exception.Faults);
        Assert.Equal(FaultCode.DiskFull, fault.Code);
        Assert.Equal(
            "The volume '/' of '/bundle' lacks 8000000 bytes (8.0 MB): 18000000 bytes (18.0 MB) are needed, "
                + "10000000 bytes (10.0 MB) are free.",
            fault.Message);
        Assert.EndsWith(
            "platform.tar (9.0 MB) with Components without Platform; "
                + "package-pkg.tar (4.0 MB) with pkg in ExcludePackages, or without its rule in IncludePackages if "
                + "that is set; module-console.tar (3.0 MB) with console in ExcludeModules, or without its rule in "
                + "IncludeModules if that is set.",
            fault.Advice,
            StringComparison.Ordinal);
        Assert.Contains("BundleDirectory", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fits_to_the_byte_is_accepted()
    {
        ScriptedDisk disk = new(new PhysicalDisk()) { Space = folder => new DiskSpace(folder, 500) };

        SpaceCheck.Demand(disk, "/a", 500, Archives);

        Assert.Throws<MirrorException>(() => SpaceCheck.Demand(disk, "/a", 501, Archives));
    }

    [Fact]
    public async Task A_full_volume_is_found_before_the_first_byte_of_an_archive()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            Space = _ => new DiskSpace("/", bundle.Plan.FileBytes - 1),
        };

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(
            () => BundleRun.CompleteAsync(bundle, folder.FullName, Cancellation, disk));

        Assert.Equal(FaultCode.DiskFull, exception.Faults[0].Code);
        Assert.Empty(BundleRun.Files(folder.FullName));
    }

    [Fact]
    public async Task A_kept_archive_needs_no_space()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        await BundleRun.CompleteAsync(bundle, folder.FullName, Cancellation);
        ScriptedDisk disk = new(new PhysicalDisk()) { Space = _ => new DiskSpace("/", 100_000) };

        await BundleRun.CompleteAsync(bundle, folder.FullName, Cancellation, disk);
    }

    [Theory]
    [InlineData("create", 28)]
    [InlineData("write", 28)]
    [InlineData("create", unchecked((int)0x80070070))]
    public async Task A_volume_that_fills_up_while_preparing_is_named_as_full_and_parts_are_given_back(
        string operation, int error)
    {
        using TemporaryFolder folder = new();
        ScriptedDisk disk = new(new PhysicalDisk());
        disk.Before = (name, path) =>
        {
            if (name == operation && path.EndsWith("platform.tar.part", StringComparison.Ordinal))
            {
                throw new IOException("full", error);
            }
        };

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(
            () => BundleRun.CompleteAsync(SketchedBundle.Small(), folder.FullName, Cancellation, disk));

        Assert.Equal(FaultCode.DiskFull, exception.Faults[0].Code);
        Assert.Contains("platform.tar.part", exception.Message, StringComparison.Ordinal);
        Assert.Empty(BundleRun.Files(folder.FullName));
    }

    [Fact]
    public async Task A_copy_that_fails_in_the_background_fails_the_run_with_its_own_code()
    {
        using TemporaryFolder folder = new();
        SketchedBundle bundle = SketchedBundle.Small();
        ScriptedDisk disk = new(new PhysicalDisk());
        using OpenedBundle opened = await BundleRun.OpenAsync(bundle, folder.FullName, Cancellation, disk);
        disk.Before = (name, path) =>
        {
            // Only copies of the shared layer write to the platform from the writer's own thread.
            if (name == "write" && Thread.CurrentThread.Name == "bundle writer")
            {
                throw new IOException("full", 28);
            }
        };

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(
            () => BundleRun.CommitAsync(opened, bundle, Cancellation));

        Assert.Equal(FaultCode.DiskFull, exception.Faults[0].Code);
    }

    private static MirrorException Refusal(long free, long bytes)
    {
        ScriptedDisk disk = new(new PhysicalDisk()) { Space = _ => new DiskSpace("/", free) };
        return Assert.Throws<MirrorException>(() => SpaceCheck.Demand(disk, "/bundle", bytes, Archives));
    }
}
