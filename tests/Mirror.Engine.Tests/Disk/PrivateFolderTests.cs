using System.Runtime.InteropServices;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Disk;

public sealed class PrivateFolderTests : IDisposable
{
    private const uint Nobody = 65534;
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly PhysicalDisk _disk = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_created_for_its_owner_alone()
    {
        string path = _folder.Combine("a", "b");

        _disk.CreatePrivateDirectory(path);

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == OwnerOnly);
        Assert.Null(_disk.ForeignFolder(path));
    }

    [Fact]
    public void One_that_others_could_write_to_is_closed()
    {
        string path = Directory.CreateDirectory(_folder.Combine("open")).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        }

        _disk.CreatePrivateDirectory(path);

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == OwnerOnly);
    }

    [Fact]
    public void One_that_is_not_there_is_nobodys() => Assert.Null(_disk.ForeignFolder(_folder.Combine("nowhere")));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_is_foreign_wherever_it_leads(bool isThere)
    {
        string target = _folder.Combine("target");
        if (isThere)
        {
            Directory.CreateDirectory(target);
        }

        Directory.CreateSymbolicLink(_folder.Combine("link"), target);

        Assert.Equal("is a link", _disk.ForeignFolder(_folder.Combine("link")));
    }

    [Fact]
    public void That_of_another_user_is_foreign_on_linux()
    {
        string path = Directory.CreateDirectory(_folder.Combine("theirs")).FullName;

        // Root can give a folder away; everybody else has the root folder before them, which is not theirs.
        if (!Environment.IsPrivilegedProcess)
        {
            path = "/";
        }
        else if (OperatingSystem.IsLinux())
        {
            Assert.Equal(0, ChangeOwner(path, Nobody, Nobody));
        }

        string? why = _disk.ForeignFolder(path);

        Assert.Equal(
            !OperatingSystem.IsLinux(), why?.StartsWith("belongs to another user", StringComparison.Ordinal) != true);
        Assert.DoesNotContain(
            Directory.GetDirectories(_folder.FullName), name => name.EndsWith(".probe", StringComparison.Ordinal));
    }

    [DllImport("libc", EntryPoint = "chown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
}
