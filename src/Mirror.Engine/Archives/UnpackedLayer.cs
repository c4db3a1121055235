using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Mirror.Engine.Oci;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Mirror.Engine.Archives;

/// <summary>
/// The bytes of a layer, unpacked as they are read: plain, gzip or Zstandard, told apart by how they begin and not by
/// the media type, which images get wrong. Bounded by an allowance; every read looks at the token.
/// </summary>
internal sealed class UnpackedLayer(
    Stream content, UnpackAllowance allowance, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>Opens a layer at its beginning; the stream under it stays open.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The layer owns what unpacks it.")]
    public static UnpackedLayer Open(Stream packed, UnpackAllowance allowance, CancellationToken cancellationToken)
    {
        allowance.AddLayer(packed.Length);
        Stream content = PackingOf(packed) switch
        {
            Packing.Gzip => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true),
            Packing.Zstandard => Zstandard(packed),
            _ => packed,
        };
        return new UnpackedLayer(content, allowance, cancellationToken);
    }

    /// <summary>How a layer is packed; leaves it at its beginning.</summary>
    public static Packing PackingOf(Stream packed)
    {
        Span<byte> magic = stackalloc byte[4];
        int read = packed.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        packed.Position = 0;
        return magic[..read] switch
        {
            [0x1f, 0x8b, ..] => Packing.Gzip,
            [0x28, 0xb5, 0x2f, 0xfd] => Packing.Zstandard,
            [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18] => Packing.Zstandard, // Begins with a frame to be skipped.
            _ => Packing.None,
        };
    }

    /// <summary>Fills a buffer; less only at the end.</summary>
    /// <exception cref="FormatException">It cannot be unpacked, or not within the allowance.</exception>
    public int Read(Span<byte> buffer)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = ReadOnce(buffer[total..]);
            if (read == 0)
            {
                break;
            }

            allowance.Take(read);
            total += read;
        }

        return total;
    }

    public void Dispose()
    {
        if (content is GZipStream or DecompressionStream)
        {
            content.Dispose();
        }
    }

    // What a decoder throws over bytes of others is its own affair; what the disk beneath it says is not.
    private int ReadOnce(Span<byte> buffer)
    {
        try
        {
            return content.Read(buffer);
        }
        catch (Exception exception) when (IsOfDecoder(exception))
        {
            throw new FormatException($"its content is damaged ({exception.Message})", exception);
        }
    }

    private static bool IsOfDecoder(Exception exception) => exception switch
    {
        EndOfStreamException => true,
        MirrorException or OperationCanceledException or IOException => false,
        _ => true,
    };

    private static DecompressionStream Zstandard(Stream packed)
    {
        DecompressionStream content = new(packed, leaveOpen: true);
        content.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, OciLimits.ZstandardWindowLog);
        return content;
    }
}

internal enum Packing
{
    /// <summary>Not at all, or in a way that nothing here reads.</summary>
    None,

    Gzip,

    Zstandard,
}
