using Mirror.Engine.Disk;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class DiskFileStreamTests
{
    [Fact]
    public void A_read_that_fails_is_a_fault_that_names_the_file()
    {
        using StaleFile file = new();
        using DiskFileStream content = new(file, "/spool/sha256-1", 0);

        MirrorException failure = Assert.Throws<MirrorException>(() => content.ReadByte());

        Assert.Equal(FaultCode.DiskFailed, Assert.Single(failure.Faults).Code);
        Assert.Contains("'/spool/sha256-1'", failure.Message, StringComparison.Ordinal);
    }

    private sealed class StaleFile : IDiskFile
    {
        public long Length => 5;

        public string Identity => "";

        public void Write(ReadOnlySpan<byte> content, long offset) => throw new NotSupportedException();

        public int Read(Span<byte> buffer, long offset) => throw new IOException("Stale file handle");

        public void Flush() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
