using Mirror.Engine.Disk;
using Xunit;

namespace Mirror.Engine.Tests.Disk;

public sealed class DiskFaultsTests
{
    [Theory]
    [InlineData(28)]
    [InlineData(unchecked((int)0x80070070))]
    [InlineData(unchecked((int)0x80070027))]
    public void A_full_disk_is_known_in_each_of_its_forms(int error) =>
        Assert.Equal(FaultCode.DiskFull, CodeOf(new IOException("localised text", error)));

    [Fact]
    public void A_used_up_quota_is_a_full_disk() =>
        Assert.Equal(FaultCode.DiskFull, CodeOf(new IOException("text", OperatingSystem.IsMacOS() ? 69 : 122)));

    [Fact]
    public void A_refused_access_and_a_read_only_volume_are_access_faults()
    {
        Assert.Equal(FaultCode.DiskAccessDenied, CodeOf(new UnauthorizedAccessException()));
        Assert.Equal(FaultCode.DiskAccessDenied, CodeOf(new IOException("text", 30)));
        Assert.Equal(FaultCode.DiskAccessDenied, CodeOf(new IOException("text", unchecked((int)0x80070013))));
    }

    [Fact]
    public void A_fault_names_the_setting_that_its_path_comes_from()
    {
        UnauthorizedAccessException denied = new();

        Assert.Equal(
            [new SettingReference("BundleDirectory")], DiskFaults.Translate(denied, "/a", "opened").Faults[0].Settings);
        Assert.Equal(
            [new SettingReference("TmpDirectory")],
            DiskFaults.Translate(denied, "/a", "opened", member: "TmpDirectory").Faults[0].Settings);
    }

    [Fact]
    public void A_file_too_large_for_its_file_system_gets_the_advice_to_split_archives()
    {
        foreach (int error in (int[])[27, DiskError.FileTooLarge])
        {
            Fault fault = DiskFaults.Translate(new IOException("text", error), "/a", "created").Faults[0];

            Assert.Equal(FaultCode.FileTooLarge, fault.Code);
            Assert.Contains("BundleChunkSize", fault.Advice, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(unchecked((int)0x80070004))]
    public void Too_many_open_files_get_the_advice_to_raise_the_limit(int error)
    {
        Fault fault = DiskFaults.Translate(new IOException("text", error), "/a", "opened").Faults[0];

        Assert.Equal(FaultCode.TooManyOpenFiles, fault.Code);
        Assert.Contains("ulimit -n", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_else_is_a_failed_disk_with_the_cause_on_one_line()
    {
        MirrorException fault =
            DiskFaults.Translate(new IOException("Input/output\nerror", 5), "/bundle/a.tar", "written");

        Assert.Equal(FaultCode.DiskFailed, fault.Faults[0].Code);
        Assert.Equal("'/bundle/a.tar' cannot be written: Input/output error", fault.Faults[0].Message);
        Assert.IsType<IOException>(fault.InnerException);
    }

    private static string CodeOf(Exception exception) =>
        DiskFaults.Translate(exception, "/a", "written").Faults[0].Code;
}
