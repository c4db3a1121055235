using System.IO.Compression;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>An archive that is something else in fact is told as what it is.</summary>
public sealed class OtherFormatTests
{
    private const string Module = "module-console.tar";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Starts => new()
    {
        { "a Zstandard file", [0x28, 0xb5, 0x2f, 0xfd, 4, 0] },
        { "an xz file", [0xfd, .. "7zXZ\0"u8, 0, 4] },
        { "a bzip2 file", "BZh91AY&SY"u8.ToArray() },
        { "a ZIP archive", "PK\u0003\u0004"u8.ToArray() },
        { "a 7z archive", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4] },
        { "a RAR archive", [.. "Rar!"u8, 0x1a, 7, 1, 0] },
        { "an LZ4 file", [4, 0x22, 0x4d, 0x18] },
        { "an OpenPGP file", "-----BEGIN PGP MESSAGE-----"u8.ToArray() },
        { "a file encrypted by age", "age-encryption.org/v1"u8.ToArray() },
        { "a file encrypted by OpenSSL", "Salted__12345678"u8.ToArray() },
        { "an HTML page", "\ufeff\r\n <!DOCTYPE HTML><html>"u8.ToArray() },
        { "an HTML page", "<html lang=\"en\">"u8.ToArray() },
        { "an XML document", "<?xml version=\"1.0\"?><Error>"u8.ToArray() },
        { "a JSON document", "{\"errors\":[]}"u8.ToArray() },
        { "an AppleDouble file of macOS", [0, 5, 22, 7, 0, 2, 0, 0] },
        { "a Git LFS pointer", "version https://git-lfs.github.com/spec/v1"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public async Task The_first_bytes_tell_the_format(string says, byte[] start)
    {
        using BundleCopy bundle = new("0.33", "security");
        foreach (int length in (int[])[0, 600, 5000])
        {
            await File.WriteAllBytesAsync(bundle.PathOf(Module), [.. start, .. new byte[length]], Cancellation);

            Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(bundle))).Faults);

            Assert.Equal(FaultCode.ArchiveOfOtherKind, fault.Code);
            Assert.Equal($"{Module} is not a tar archive, but {says}.", fault.Message);
            Assert.NotEmpty(fault.Advice);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_archive_that_a_gateway_compressed_is_not_pushed(bool isChunked)
    {
        using BundleCopy bundle = new("0.33", "module-console");
        byte[] content = await File.ReadAllBytesAsync(bundle.PathOf(Module), Cancellation);
        using MemoryStream packed = new();
        await using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(content, Cancellation);
        }

        await File.WriteAllBytesAsync(bundle.PathOf(Module), packed.ToArray(), Cancellation);
        string label = isChunked ? $"{Module} ({bundle.Split(Module, 1000)} chunks)" : Module;
        await using TestRegistry target = await PushRun.StartTargetAsync();

        Fault fault = Assert.Single(await new PushRun(target.Host, bundle.Folder).FailAsync());

        Assert.Equal(FaultCode.ArchiveOfOtherKind, fault.Code);
        Assert.Equal($"{label} is not a tar archive, but a gzip file.", fault.Message);
        Assert.Contains("gunzip", fault.Advice, StringComparison.Ordinal);
        Assert.Empty(target.Requests.All);
    }

    [Fact]
    public async Task A_damaged_tar_is_not_taken_for_another_format()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        bundle.Flip(Module, 0);

        Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(bundle))).Faults);

        Assert.Equal(FaultCode.ArchiveDamaged, fault.Code);
    }

    private static Task<MirrorReport> VerifyAsync(BundleCopy bundle) =>
        new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System)
            .VerifyAsync(new MirrorVerifySettings { BundleDirectory = bundle.Folder }, null, Cancellation);
}
