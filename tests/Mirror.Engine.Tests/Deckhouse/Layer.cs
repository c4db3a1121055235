using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Makes layers: tar files of small texts.</summary>
internal static class Layer
{
    public static byte[] Tar(params (string Name, string Text)[] files)
    {
        using MemoryStream bytes = new();
        using (TarWriter writer = new(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach ((string name, string text) in files)
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                });
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Gzip(params (string Name, string Text)[] files) => Gzip(Tar(files));

    public static byte[] Gzip(byte[] tar)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar);
        }

        return bytes.ToArray();
    }

    public static byte[] Zstandard(byte[] tar)
    {
        using Compressor compressor = new();
        return compressor.Wrap(tar).ToArray();
    }
}
