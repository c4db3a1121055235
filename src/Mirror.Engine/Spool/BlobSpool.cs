using System.Collections.Concurrent;
using System.Security.Cryptography;
using Mirror.Engine.Disk;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Wire;

namespace Mirror.Engine.Spool;

/// <summary>
/// Metadata on disk, by digest, outliving the process: manifests, and layers that planning reads. Only verified content
/// ever comes out; what an earlier process left is hashed before it is trusted, and nothing is kept whose digest does
/// not come from the source. One run uses a
/// folder at a time (the bundle's lock sees to that); within it the spool is safe for concurrent use.
/// </summary>
internal sealed class BlobSpool(IDisk disk, string directory)
{
    /// <summary>Up to this size, hashing takes less time than handing it to a thread.</summary>
    private const int SmallBytes = 128 * 1024;

    private readonly SpoolFolder _folder = new(disk, directory);
    private readonly ConcurrentDictionary<Digest, bool> _elsewhere = new();
    private readonly Memo<Digest, bool> _held = new();

    /// <summary>More content on this machine, opened where it lies; <see langword="null"/>: none.</summary>
    public ILocalContent? Elsewhere { get; set; }

    /// <summary>Whether nothing is here that an earlier process left.</summary>
    public bool IsNew => _folder.IsNew && Elsewhere is null or { IsEmpty: true };

    /// <summary>Opens content for reading; <see langword="null"/> when it is not here.</summary>
    public Task<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken) =>
        OpenAsync(digest, 0, cancellationToken);

    public async Task<Stream?> OpenAsync(Digest digest, long offset, CancellationToken cancellationToken) =>
        await HasAsync(digest, cancellationToken).ConfigureAwait(false) ? Open(digest, offset) : null;

    /// <summary>Whether content is here, whole and verified.</summary>
    public Task<bool> HasAsync(Digest digest, CancellationToken cancellationToken) => _held.GetAsync(
        digest, _ => FindAsync(digest), static isHeld => isHeld, cancellationToken);

    /// <summary>Reads small content whole; <see langword="null"/> when it is not here or over the limit.</summary>
    /// <exception cref="MirrorException">D8M6031: it changed after it was verified.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(Digest digest, int limit, CancellationToken cancellationToken)
    {
        using Stream? content = await OpenAsync(digest, cancellationToken).ConfigureAwait(false);
        if (content is null || content.Length > limit)
        {
            return null;
        }

        byte[] bytes = new byte[content.Length];
        int read = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);

        // Verified before, but perhaps not this file: what decides are the bytes that are handed out.
        Digest actual = DigestOf(bytes.AsSpan(0, read), digest);
        return actual == digest ? bytes : throw new MirrorException(_folder.Changed(digest, actual));
    }

    /// <summary>Keeps some bytes.</summary>
    /// <exception cref="ArgumentException">They do not have this digest.</exception>
    public Task AddAsync(Digest digest, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        DigestOf(content.Span, digest) == digest
            ? _held.GetAsync(
                digest,
                async _ => await FindAsync(digest).ConfigureAwait(false) || Write(digest, content),
                static isHeld => isHeld,
                cancellationToken)
            : throw new ArgumentException($"The content is not that of {digest}.", nameof(content));

    /// <summary>Downloads a blob, unless it is here; a broken download is continued where it broke.</summary>
    /// <exception cref="MirrorException">
    /// The download failed for good, or its content was wrong (D8M5001, D8M5002).
    /// </exception>
    public Task FetchAsync(
        RegistryClient client, string repository, Digest digest, long size, CancellationToken cancellationToken) =>
        _held.GetAsync(
            digest,
            async token => await FindAsync(digest).ConfigureAwait(false)
                || await DownloadAsync(client, repository, digest, size, token).ConfigureAwait(false),
            static isHeld => isHeld,
            cancellationToken);

    /// <summary>Deletes what a spool created, of this process or an earlier one, and nothing else.</summary>
    public void DeleteOwnFiles() => _folder.DeleteOwnFiles();

    private static Digest DigestOf(ReadOnlySpan<byte> content, Digest named) =>
        named.SameAlgorithm(CryptographicOperations.HashData(named.HashName, content));

    private Stream Open(Digest digest, long offset)
    {
        if (_elsewhere.ContainsKey(digest) && Elsewhere?.Open(digest) is { } content)
        {
            content.Position = offset;
            return content;
        }

        return _folder.Open(digest, offset);
    }

    private async Task<bool> FindAsync(Digest digest)
    {
        if (_folder.Has(digest))
        {
            using (Stream content = _folder.Open(digest, 0))
            {
                if (await IsTrueAsync(digest, content).ConfigureAwait(false))
                {
                    return true;
                }
            }

            _folder.Drop(digest);
        }

        return Elsewhere is { } more && await IsElsewhereAsync(more, digest).ConfigureAwait(false);
    }

    private async Task<bool> IsElsewhereAsync(ILocalContent more, Digest digest)
    {
        using Stream? content = more.Open(digest);
        try
        {
            if (content is null || !await IsTrueAsync(digest, content).ConfigureAwait(false))
            {
                return false;
            }

            _elsewhere[digest] = true;
            return true;
        }
        catch (MirrorException)
        {
            // A file that cannot be read has nothing for us, whatever it was; the source has.
            return false;
        }
    }

    // Hashing on the thread pool would stall every timer of the run; one thread of its own does not.
    private Task<bool> IsTrueAsync(Digest digest, Stream content) => content.Length <= SmallBytes
        ? Task.FromResult(_folder.IsTrue(digest, content))
        : Task.Factory.StartNew(
            () => _folder.IsTrue(digest, content),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private bool Write(Digest digest, ReadOnlyMemory<byte> content)
    {
        using (IDiskFile part = _folder.OpenPart(digest))
        {
            _folder.Write(part, digest, content, 0);
            _folder.Close(part, digest);
        }

        _folder.Keep(digest);
        return true;
    }

    private async Task<bool> DownloadAsync(
        RegistryClient client, string repository, Digest digest, long size, CancellationToken cancellationToken)
    {
        bool isKept = false;
        try
        {
            using (IDiskFile part = _folder.OpenPart(digest))
            {
                SpoolDownload download = new(client, repository, digest, size);
                await download.RunAsync(
                    (content, offset) => _folder.Write(part, digest, content, offset), cancellationToken)
                    .ConfigureAwait(false);
                _folder.Close(part, digest);
            }

            _folder.Keep(digest);
            return isKept = true;
        }
        finally
        {
            if (!isKept)
            {
                _folder.DropPart(digest);
            }
        }
    }
}

/// <summary>Content that lies on this machine under the digest it is said to have. Nobody has hashed it yet.</summary>
internal interface ILocalContent
{
    bool IsEmpty { get; }

    /// <summary>Opens content from its start; <see langword="null"/> when it is not here.</summary>
    Stream? Open(Digest digest);
}
