using System.Security.Cryptography;
using Mirror.TestKit.Content;

namespace Mirror.TestKit.Registry;

/// <summary>A blob on its way in: bytes go to a file, their digest is kept along.</summary>
internal sealed class UploadSession : IAsyncDisposable
{
    private const long LargestInMemory = 1024 * 1024;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public UploadSession(string repository, string folder)
    {
        Repository = repository;
        Id = Guid.NewGuid().ToString("N");
        _path = Path.Combine(folder, Id);
        _file = new FileStream(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
    }

    public string Repository { get; }

    public string Id { get; }

    public long Received => _file.Length;

    public async Task AppendAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is var read && read > 0)
        {
            _hash.AppendData(buffer, 0, read);
            await _file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    /// <summary>Ends the upload: null when the bytes do not have that digest.</summary>
    public async Task<BlobContent?> FinishAsync(string digest, CancellationToken cancellationToken)
    {
        var actual = "sha256:" + Convert.ToHexStringLower(_hash.GetCurrentHash());
        var size = _file.Length;
        await _file.DisposeAsync();
        if (actual == digest && size > LargestInMemory)
        {
            return new FileBlob(_path, digest);
        }

        var bytes = actual == digest ? await File.ReadAllBytesAsync(_path, cancellationToken) : null;
        File.Delete(_path);
        return bytes is null ? null : new BytesBlob(bytes);
    }

    public async ValueTask DiscardAsync()
    {
        await DisposeAsync();
        File.Delete(_path);
    }

    public ValueTask DisposeAsync()
    {
        _hash.Dispose();
        return _file.DisposeAsync();
    }
}
