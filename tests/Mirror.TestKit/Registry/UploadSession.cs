using System.Security.Cryptography;
using Mirror.TestKit.Content;

namespace Mirror.TestKit.Registry;

/// <summary>A blob on its way in: bytes go to a file, or nowhere; their digest is kept along.</summary>
internal sealed class UploadSession : IAsyncDisposable
{
    private const long LargestInMemory = 1024 * 1024;

    private readonly string _path = "";
    private readonly FileStream? _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="repository">The repository it goes to.</param>
    /// <param name="folder">Where the bytes are kept; null: nowhere.</param>
    public UploadSession(string repository, string? folder)
    {
        Repository = repository;
        Id = Guid.NewGuid().ToString("N");
        if (folder is not null)
        {
            _path = Path.Combine(folder, Id);
            _file = new FileStream(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        }
    }

    public string Repository { get; }

    public string Id { get; }

    public long Received { get; private set; }

    public async Task AppendAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is var read && read > 0)
        {
            _hash.AppendData(buffer, 0, read);
            if (_file is not null)
            {
                await _file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            Received += read;
        }
    }

    /// <summary>Ends the upload: null when the bytes do not have that digest.</summary>
    public async Task<BlobContent?> FinishAsync(string digest, CancellationToken cancellationToken)
    {
        var actual = "sha256:" + Convert.ToHexStringLower(_hash.GetCurrentHash());
        if (_file is null)
        {
            return actual == digest ? new DiscardedBlob(digest, Received) : null;
        }

        await _file.DisposeAsync();
        if (actual == digest && Received > LargestInMemory)
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
        if (_file is not null)
        {
            File.Delete(_path);
        }
    }

    public ValueTask DisposeAsync()
    {
        _hash.Dispose();
        return _file?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
