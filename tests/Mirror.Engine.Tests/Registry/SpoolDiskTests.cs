using Mirror.Engine.Disk;
using Mirror.Engine.Spool;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

/// <summary>The spool and its disk: what is reserved, and what fails.</summary>
public sealed class SpoolDiskTests : IDisposable
{
    private const int Stale = 116;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_size_that_a_descriptor_declares_reserves_nothing_before_the_bytes_come()
    {
        string directory = _folder.Combine("spool");
        List<long> lengths = [];
        using ScriptedRegistry registry = new(_ =>
        {
            lengths.AddRange(Directory.GetFiles(directory, "*.part").Select(path => new FileInfo(path).Length));
            return Answer.Bytes(Blob);
        });
        BlobSpool spool = new(new PhysicalDisk(), directory);

        Fault fault = await registry.FaultOfAsync(
            spool.FetchAsync(registry.Client, Repository, BlobDigest, 1L << 46, Token));

        Assert.Equal(FaultCode.BlobSizeMismatch, fault.Code);
        Assert.All(lengths, length => Assert.Equal(0, length));
        Assert.NotEmpty(lengths);
        Assert.Empty(Directory.GetFiles(directory));
    }

    [Fact]
    public async Task A_read_that_fails_is_a_fault_of_the_disk_and_no_broken_connection()
    {
        using StaleFile file = new();
        using DiskFileStream stream = new(file, "/spool/sha256-0");

        foreach (Func<Task> use in (Func<Task>[])
            [
                () => Task.FromResult(stream.Length),
                () => stream.ReadExactlyAsync(new byte[1], Token).AsTask(),
            ])
        {
            MirrorException failure = await Assert.ThrowsAsync<MirrorException>(use);

            Assert.Equal(FaultCode.DiskFailed, failure.Faults[0].Code);
            Assert.Contains("'/spool/sha256-0'", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_file_system_could_not_store_when_the_file_was_closed_is_not_content()
    {
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            Before = (operation, _) =>
            {
                if (operation == "close")
                {
                    throw new IOException("Disk quota exceeded", DiskError.QuotaExceeded);
                }
            },
        };
        string directory = _folder.Combine("spool");
        BlobSpool spool = new(disk, directory);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => spool.AddAsync(BlobDigest, Blob, Token));

        Assert.Equal(FaultCode.DiskFull, failure.Faults[0].Code);
        Assert.False(File.Exists(Path.Combine(directory, $"sha256-{BlobDigest.Hex}")));
    }

    private sealed class StaleFile : IDiskFile
    {
        public long Length => throw new IOException("Stale file handle", Stale);

        public string Identity => "";

        public void Write(ReadOnlySpan<byte> content, long offset) => throw new NotSupportedException();

        public int Read(Span<byte> buffer, long offset) => throw new IOException("Stale file handle", Stale);

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
