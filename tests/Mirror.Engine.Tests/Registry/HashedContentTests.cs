using System.Security.Cryptography;
using Mirror.Engine.Spool;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class HashedContentTests
{
    [Fact]
    public void Whatever_is_read_of_it_all_of_it_is_hashed_once()
    {
        Assert.Equal(BlobDigest, Hash(_ => { }));
        Assert.Equal(BlobDigest, Hash(content => content.ReadExactly(new byte[300])));
        Assert.Equal(BlobDigest, Hash(content => content.Position = 300));
        Assert.Equal(BlobDigest, Hash(content => content.Seek(0, SeekOrigin.End)));
    }

    [Fact]
    public void Going_back_begins_again() => Assert.Equal(BlobDigest, Hash(content =>
    {
        content.ReadExactly(new byte[300]);
        content.Position = 100;
        Assert.Equal(Blob[100], content.ReadByte());
    }));

    [Fact]
    public void What_unpackers_close_can_still_be_read_to_its_end() => Assert.Equal(BlobDigest, Hash(content =>
    {
        content.ReadByte();
        content.Dispose();
    }));

    private static Digest Hash(Action<HashedContent> read)
    {
        using MemoryStream blob = new(Blob);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using HashedContent content = new(blob, hash, BlobDigest);
        read(content);
        return content.Finish(TestContext.Current.CancellationToken);
    }
}
