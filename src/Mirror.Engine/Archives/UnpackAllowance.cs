using Mirror.Engine.Oci;

namespace Mirror.Engine.Archives;

/// <summary>
/// How much the layers of one image may unpack to: a fixed part, and a multiple of the bytes that really came. A sender
/// has to send what it wants to cost.
/// </summary>
internal sealed class UnpackAllowance
{
    private long _left = OciLimits.UnpackedBytes;

    /// <summary>Adds what a layer of this size allows.</summary>
    public void AddLayer(long packedBytes) =>
        _left += long.Min(packedBytes, OciLimits.BlobBytes) * OciLimits.UnpackedPerByte;

    /// <summary>Takes bytes that were unpacked.</summary>
    /// <exception cref="FormatException">There were more than is allowed.</exception>
    public void Take(int bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new FormatException(
                $"it unpacks to more than {OciLimits.UnpackedPerByte} times its size.");
        }
    }
}
