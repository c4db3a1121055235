using System.Net.Sockets;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Disk;

/// <summary>Pipes, devices, sockets and folders where a file should be: refused at once, never waited for.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private const int Patience = 20_000;

    private readonly TemporaryFolder _folder = new();
    private readonly PhysicalDisk _disk = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_named_pipe_is_refused_without_waiting_for_its_other_end()
    {
        string path = _folder.Combine("platform.tar");
        ToolResult made = await Tool.RunAsync(
            RealPart.OrSkip("mkfifo"), [path], TestContext.Current.CancellationToken);
        Assert.Equal(0, made.ExitCode);

        await DemandRefusedAsync(path, "a named pipe", TestContext.Current.CancellationToken);
        Assert.True(_disk.FileExists(path));
    }

    [Fact(Timeout = Patience)]
    public async Task A_device_is_refused_also_through_a_link()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "needs a device: /dev/zero");
        string path = _folder.Combine("platform.tar");
        File.CreateSymbolicLink(path, "/dev/zero");

        await DemandRefusedAsync(path, "a device", TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = Patience)]
    public async Task A_socket_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no sockets among its files.");
        string path = _folder.Combine("s");
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));

        await DemandRefusedAsync(path, "a socket", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_folder_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows denies access to a folder.");
        Directory.CreateDirectory(_folder.Combine("platform.tar"));

        await DemandRefusedAsync(
            _folder.Combine("platform.tar"), "a folder", TestContext.Current.CancellationToken);
        Assert.False(_disk.FileExists(_folder.Combine("platform.tar")));
    }

    [Fact]
    public void A_link_to_a_file_is_read_as_that_file()
    {
        File.WriteAllText(_folder.Combine("real"), "content");
        File.CreateSymbolicLink(_folder.Combine("platform.tar"), _folder.Combine("real"));

        using IDiskFile file = _disk.OpenRead(_folder.Combine("platform.tar"));

        Assert.Equal(7, file.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_lock_is_never_taken_through_a_link_and_creates_nothing_at_its_target(bool isDangling)
    {
        string target = _folder.Combine("target");
        string path = _folder.Combine(".d8mirror.lock");
        File.CreateSymbolicLink(path, target);
        if (!isDangling)
        {
            File.WriteAllText(target, "of another");
        }

        MirrorException refusal = Refusal(() => _disk.OpenExclusive(path));

        Assert.Equal(FaultCode.NotRegularFile, refusal.Faults[0].Code);
        Assert.Contains("symbolic link", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(!isDangling, File.Exists(target));
    }

    [Fact]
    public void A_missing_file_is_absent_and_so_is_one_with_a_name_too_long()
    {
        Assert.ThrowsAny<IOException>(() => _disk.OpenRead(_folder.Combine("none")));
        Assert.False(_disk.FileExists(_folder.Combine("none", "none")));
        Assert.False(_disk.FileExists(_folder.Combine(new string('n', 300))));
    }

    [Fact]
    public void A_name_with_a_NUL_is_never_taken_for_the_name_before_it()
    {
        File.WriteAllText(_folder.Combine("a"), "mine");
        string name = _folder.Combine("a\0b");

        Assert.False(_disk.FileExists(name));
        Assert.ThrowsAny<DiskException>(() => _disk.OpenRead(name));
        Assert.ThrowsAny<DiskException>(() => _disk.Rename(name, _folder.Combine("c")));
        Assert.ThrowsAny<DiskException>(() => _disk.Rename(_folder.Combine("a"), name));
        Assert.ThrowsAny<DiskException>(() => _disk.Create(name, 1));
        Assert.ThrowsAny<DiskException>(() => _disk.Delete(name));
        Assert.Equal(["a"], _disk.List(_folder.FullName));
    }

    private static MirrorException Refusal(Func<IDiskFile> open)
    {
        DiskException exception = Assert.ThrowsAny<DiskException>(() =>
        {
            using IDiskFile file = open();
        });
        return DiskFaults.Translate(exception, exception.Path, "opened");
    }

    // On a thread of its own, so that the time limit of the test holds.
    private async Task DemandRefusedAsync(string path, string what, CancellationToken cancellationToken)
    {
        foreach (Func<string, IDiskFile> open in (Func<string, IDiskFile>[])[_disk.OpenRead, _disk.OpenWrite])
        {
            MirrorException refusal = await Task.Run(() => Refusal(() => open(path)), cancellationToken)
                .WaitAsync(cancellationToken);

            Assert.Equal(FaultCode.NotRegularFile, refusal.Faults[0].Code);
            Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        }
    }
}
