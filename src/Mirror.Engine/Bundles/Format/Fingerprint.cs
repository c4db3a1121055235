using System.Security.Cryptography;
using System.Text;

namespace Mirror.Engine.Bundles.Format;

/// <summary>The sha256 over paths, sizes and digests of the entries of an archive, in their order.</summary>
internal sealed class Fingerprint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(string path, long size, Digest digest) =>
        _hash.AppendData(Encoding.UTF8.GetBytes($"{path}\n{size}\n{digest}\n"));

    public string ToText() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
