using System.Net.Sockets;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Disk;

public sealed class SmallFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4097)]
    [InlineData(100_000)]
    public void A_file_is_read_whole_up_to_its_limit(int length)
    {
        byte[] content = [.. Enumerable.Range(0, length).Select(value => (byte)(value * 13))];
        string path = _folder.Combine("file");
        File.WriteAllBytes(path, content);

        Assert.Equal(content, SmallFile.Read(path, length));
        Assert.Equal(content, SmallFile.Read(path, length + 1));
        if (length > 0)
        {
            Assert.Contains(
                $"larger than {length - 1} bytes",
                Assert.Throws<IOException>(() => SmallFile.Read(path, length - 1)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_pipe_is_refused_without_waiting_for_a_writer() => Assert.Contains(
        "is a pipe",
        Assert.Throws<IOException>(() => SmallFile.Read(NamedPipe.Make(_folder.Combine("pipe")), 100)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_socket_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no sockets in folders.");
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.Combine("s")));

        Assert.ThrowsAny<IOException>(() => SmallFile.Read(_folder.Combine("s"), 100));
    }

    [Fact]
    public void A_device_without_end_is_over_every_limit_and_the_empty_one_is_empty()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such devices.");

        Assert.Throws<IOException>(() => SmallFile.Read("/dev/zero", 100_000));
        Assert.Empty(SmallFile.Read("/dev/null", 100));
    }

    [Fact]
    public void What_is_not_there_and_what_is_a_folder_is_a_failure_of_the_disk()
    {
        Assert.ThrowsAny<IOException>(() => SmallFile.Read(_folder.Combine("absent"), 100));
        Exception? exception = Record.Exception(() => SmallFile.Read(_folder.FullName, 100));
        Assert.True(exception is IOException or UnauthorizedAccessException);
    }
}
