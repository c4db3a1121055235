using System.Text;

namespace Mirror.Engine.Bundles.Format;

/// <summary>What a file is that has the name of an archive and is no tar, by its first bytes.</summary>
internal sealed record OtherFormat(string Name, string Advice)
{
    private const string Again = "Download or copy the archive again; what answered sent something else.";
    private const string Clean = "Copy the archive itself; dot_clean on macOS removes such files.";

    private static readonly (byte[] Start, OtherFormat Format)[] Known =
    [
        ([0x1f, 0x8b], Packed("a gzip file", "gunzip")),
        ([0x28, 0xb5, 0x2f, 0xfd], Packed("a Zstandard file", "zstd -d")),
        ([0xfd, .. "7zXZ\0"u8], Packed("an xz file", "xz -d")),
        ([.. "BZh"u8], Packed("a bzip2 file", "bunzip2")),
        ([0x04, 0x22, 0x4d, 0x18], Packed("an LZ4 file", "lz4 -d")),
        ([.. "LZIP"u8], Packed("an lzip file", "lzip -d")),
        ([0x5d, 0x00, 0x00], Packed("an LZMA file", "xz -d")),
        ([0x1f, 0x9d], Packed("a compress file", "uncompress")),
        ([.. "PK\u0003\u0004"u8], Packed("a ZIP archive", "unzip")),
        ([.. "PK\u0005\u0006"u8], Packed("an empty ZIP archive", "unzip")),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], Packed("a 7z archive", "7z x")),
        ([.. "Rar!\u001a\u0007"u8], Packed("a RAR archive", "unrar x")),
        ([.. "-----BEGIN PGP"u8], Packed("an OpenPGP file", "gpg -d")),
        ([.. "age-encryption.org/"u8], Packed("a file encrypted by age", "age -d")),
        ([.. "Salted__"u8], Packed("a file encrypted by OpenSSL", "openssl enc -d")),
        ([0x00, 0x05, 0x16, 0x07], new OtherFormat("an AppleDouble file of macOS", Clean)),
        ([0x00, 0x05, 0x16, 0x00], new OtherFormat("an AppleSingle file of macOS", Clean)),
        ([.. "version https://git-lfs"u8], new OtherFormat("a Git LFS pointer", "Run git lfs pull, then copy again.")),
    ];

    private static readonly (string Start, string Name)[] Texts =
    [
        ("<!doctype html", "an HTML page"), ("<html", "an HTML page"), ("<?xml", "an XML document"),
        ("<error", "an XML document"), ("{\"", "a JSON document"), ("{\n", "a JSON document"),
    ];

    public static OtherFormat? Detect(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] known, OtherFormat format) in Known)
        {
            if (start.StartsWith(known))
            {
                return format;
            }
        }

        string text = Encoding.UTF8.GetString(start).TrimStart('\ufeff').TrimStart();
        return Texts.FirstOrDefault(known => text.StartsWith(known.Start, StringComparison.OrdinalIgnoreCase))
            is { Name: { } name }
                ? new OtherFormat(name, Again)
                : null;
    }

    private static OtherFormat Packed(string name, string command) =>
        new(name, $"Unpack it ({command}), give the result the name of the archive, or copy the archive as it was.");
}
