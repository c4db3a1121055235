using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Disk;

public sealed class PhysicalDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PhysicalDisk _disk = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_created_file_has_its_full_length_reads_as_zeros_and_is_written_at_offsets()
    {
        using IDiskFile file = _disk.Create(_folder.Combine("a"), 10_000);
        file.Write("tail"u8, 9_996);
        byte[] content = new byte[10_010];

        Assert.Equal(10_000, file.Length);
        Assert.Equal(10_000, file.Read(content, 0));
        Assert.True(content.AsSpan(0, 9_996).IndexOfAnyExcept((byte)0) < 0);
        Assert.Equal("tail"u8, content.AsSpan(9_996, 4));
        Assert.Equal(0, file.Read(content, 10_000));
    }

    [Fact]
    public void A_file_that_exists_is_never_created_over()
    {
        File.WriteAllText(_folder.Combine("a"), "mine");

        Assert.ThrowsAny<IOException>(() => _disk.Create(_folder.Combine("a"), 1));
        Assert.Equal("mine", File.ReadAllText(_folder.Combine("a")));
    }

    [Fact]
    public void An_exclusive_file_is_refused_to_others_until_it_is_closed()
    {
        string path = _folder.Combine("lock");
        using (_disk.OpenExclusive(path))
        {
            Exception exception = Assert.ThrowsAny<IOException>(() => _disk.OpenExclusive(path));
            Assert.True(DiskFaults.IsHeldElsewhere(exception));
        }

        using IDiskFile again = _disk.OpenExclusive(path);
        Assert.Equal(0, again.Length);
    }

    [Fact]
    public void An_exclusive_file_is_free_when_it_is_closed_though_a_starting_program_still_shares_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It finds the descriptor in /proc.");
        string path = _folder.Combine("lock");
        int shared;
        using (_disk.OpenExclusive(path))
        {
            FileSystemInfo open = new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
                .First(descriptor => descriptor.LinkTarget == path);
            shared = Duplicate(int.Parse(open.Name));
        }

        using SafeFileHandle duplicate = new(shared, ownsHandle: true);
        using IDiskFile again = _disk.OpenExclusive(path);

        Assert.Equal(0, again.Length);
    }

    [Fact]
    public void A_failure_other_than_a_held_file_is_not_taken_for_one() => Assert.False(DiskFaults.IsHeldElsewhere(
        Assert.ThrowsAny<IOException>(() => _disk.OpenExclusive(_folder.Combine("nowhere", "lock")))));

    [Fact]
    public void A_rename_replaces_and_a_deletion_of_nothing_is_no_error()
    {
        File.WriteAllText(_folder.Combine("a"), "new");
        File.WriteAllText(_folder.Combine("b"), "old");

        _disk.Rename(_folder.Combine("a"), _folder.Combine("b"));
        _disk.Delete(_folder.Combine("a"));
        _disk.Delete(_folder.Combine("nowhere", "a"));
        _disk.FlushDirectory(_folder.FullName);

        Assert.Equal(["b"], _disk.List(_folder.FullName));
        Assert.Equal("new", File.ReadAllText(_folder.Combine("b")));
    }

    [Fact]
    public void Names_are_listed_in_ordinal_order()
    {
        foreach (string name in (string[])["b", "B", "a-1", "a_1"])
        {
            _disk.CreateDirectory(_folder.Combine(name));
        }

        Assert.Equal(["B", "a-1", "a_1", "b"], _disk.List(_folder.FullName));
    }

    [Fact]
    public void Only_an_empty_folder_is_deleted()
    {
        _disk.CreateDirectory(_folder.Combine("full"));
        File.WriteAllText(_folder.Combine("full", "a"), "");
        _disk.CreateDirectory(_folder.Combine("empty"));

        foreach (string name in (string[])["full", "empty", "none"])
        {
            _disk.DeleteEmptyDirectory(_folder.Combine(name));
        }

        Assert.Equal(["full"], _disk.List(_folder.FullName));
    }

    [Fact]
    public void Flushing_a_folder_that_is_not_there_fails()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no folder flush.");

        Assert.ThrowsAny<IOException>(() => _disk.FlushDirectory(_folder.Combine("nowhere")));
    }

    [Fact]
    public void The_space_of_a_folder_that_does_not_exist_is_that_of_its_nearest_parent()
    {
        DiskSpace here = _disk.SpaceAt(_folder.FullName);
        DiskSpace below = _disk.SpaceAt(_folder.Combine("not", "yet", "there"));

        Assert.Equal(here.Volume, below.Volume);
        Assert.True(below.FreeBytes > 0);
        Assert.StartsWith(here.Volume, _folder.FullName, StringComparison.Ordinal);
    }

    [Fact]
    public void A_volume_is_found_through_a_linked_folder()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "needs a second volume: /dev/shm");
        Directory.CreateSymbolicLink(_folder.Combine("link"), "/dev/shm");

        Assert.Equal(_disk.SpaceAt("/dev/shm").Volume, _disk.SpaceAt(_folder.Combine("link", "bundle")).Volume);
        Assert.NotEqual(_disk.SpaceAt(_folder.FullName).Volume, _disk.SpaceAt(_folder.Combine("link")).Volume);
    }

    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor);
}
