using Mirror.Engine.Disk;
using Xunit;

namespace Mirror.Engine.Tests.Disk;

/// <summary>What the real disk does on a volume of one megabyte; runs in a process that has one mounted.</summary>
internal static class SmallVolume
{
    public static void Check(string volume)
    {
        PhysicalDisk disk = new();
        string path = Path.Combine(volume, "a");

        Assert.Equal(volume, disk.SpaceAt(Path.Combine(volume, "folder")).Volume);
        Assert.InRange(disk.SpaceAt(volume).FreeBytes, 1, 1 << 20);
        Assert.True(DiskFaults.IsDiskFull(Assert.ThrowsAny<IOException>(() => disk.Create(path, 5_000_000))));
        Assert.Empty(disk.List(volume));
        using IDiskFile file = disk.Create(path, 0);
        Assert.True(DiskFaults.IsDiskFull(Assert.ThrowsAny<IOException>(() => file.Write(new byte[5_000_000], 0))));
    }
}
