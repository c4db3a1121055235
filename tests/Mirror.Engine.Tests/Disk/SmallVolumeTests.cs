using System.Text;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Disk;

/// <summary>A volume of one megabyte, mounted in a name space in which this test assembly runs again.</summary>
public sealed class SmallVolumeTests
{
    private const string Volume = "MIRROR_TEST_SMALL_VOLUME";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_larger_than_the_volume_is_a_full_disk_when_reserved_and_when_written()
    {
        string unshare = RealPart.Find("unshare");
        string shell = RealPart.Find("sh");
        ToolResult probe = await Tool.RunAsync(unshare, ["-rm", shell, "-c", "true"], Cancellation);
        Assert.SkipWhen(probe.ExitCode != 0 && !RealParts.AreRequired, "unshare -rm is not permitted.");
        using TemporaryFolder folder = new();
        const string script = """
            mount -t tmpfs -o size=1m tmpfs "$1" || exit
            MIRROR_TEST_SMALL_VOLUME="$1" exec "$2" "$3" -explicit only -class "$4"
            """;

        ToolResult result = await Tool.RunAsync(
            unshare,
            [
                "-rm", shell, "-c", script, "sh", folder.FullName, Environment.ProcessPath!,
                Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
                    ? typeof(SmallVolumeTests).Assembly.Location
                    : "-noLogo",
                typeof(SmallVolumeTests).FullName!,
            ],
            Cancellation);

        string output = Encoding.UTF8.GetString(result.Output) + result.Errors;
        Assert.True(result.ExitCode == 0, output);
        Assert.Contains("Total: 2, Errors: 0, Failed: 0, Skipped: 0, Not Run: 1", output, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void Inside_the_small_volume()
    {
        string volume = Environment.GetEnvironmentVariable(Volume)!;
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
