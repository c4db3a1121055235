using System.Net;
using Mirror.Engine.Events;
using Mirror.Engine.Registry.Credentials;
using Mirror.Engine.Registry.Login;
using Mirror.Engine.Registry.Reading;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Registry.Writing;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry;

/// <summary>
/// One registry as the rest of the engine sees it. Absence is an answer, everything else that is no success is a
/// <see cref="MirrorException"/>; requests that failed for the moment were repeated before. Safe for concurrent use.
/// </summary>
internal sealed class RegistryClient : IDisposable
{
    private readonly RegistryAccess _access;
    private readonly HttpMessageInvoker _http;
    private readonly HttpWire _wire;
    private readonly Backoff _backoff;
    private readonly ManifestRequests _manifests;
    private readonly OptionalQuestions _questions;
    private readonly TagPages _tags;
    private readonly TagPages _probedTags;
    private readonly BlobReader _blobs;
    private readonly BlobWriter _blobWriter;
    private readonly ManifestWriter _manifestWriter;

    /// <summary>
    /// Creates a client. <paramref name="stores"/> are asked for a login that the registry wants and no setting gives.
    /// </summary>
    public RegistryClient(
        RegistryAccess access,
        HttpMessageHandler handler,
        TimeProvider time,
        Random random,
        EventSink events,
        CredentialStores stores)
    {
        _access = access;
        _http = new HttpMessageInvoker(handler);
        IWebProxy? proxy = (handler as RegistryHandler)?.Proxy;
        access.AddSecrets(events.Secrets);
        (proxy as EnvironmentProxy)?.AddSecrets(events.Secrets);
        HostGate gate = new(
            access.Transfer.MaxConnections, access.Transfer.BytesPerSecond, access.Transfer.RequestsPerSecond, time);
        _wire = new HttpWire(access, _http, proxy, gate, time, events);
        _backoff = new Backoff(random);
        Authorizer authorizer = new(access, new TokenClient(access, _wire), stores);
        RequestSender sender = new(access, _wire, authorizer, RetryPipeline.Create(time, _backoff, events));
        RequestSender optional = new(
            access, _wire, authorizer, RetryPipeline.CreateOptional(time, _backoff, events));
        _questions = new OptionalQuestions(events);
        _manifests = new ManifestRequests(access, _wire, sender, optional, _questions);
        _tags = new TagPages(access, _wire, sender, events);
        _probedTags = new TagPages(access, _wire, optional, events);
        _blobs = new BlobReader(access, _wire, sender);
        _blobWriter = new BlobWriter(access, _wire, sender, optional, _questions, _backoff, events);
        _manifestWriter = new ManifestWriter(access, sender);
    }

    /// <summary>Host and port, for messages and annotations.</summary>
    public string Host => _access.Host;

    /// <summary>Requests sent so far, those to token services and storage included.</summary>
    public int Requests => _wire.Requests;

    /// <summary>The digest a tag stands for; <see langword="null"/> when there is no such tag or repository.</summary>
    public Task<Digest?> FindDigestAsync(string repository, string tag, CancellationToken cancellationToken) =>
        _manifests.FindDigestAsync(repository, tag, cancellationToken);

    /// <summary>The digest that HEAD tells of a tag; <see langword="null"/>: only GET can tell.</summary>
    public Task<Digest?> PeekDigestAsync(string repository, string tag, CancellationToken cancellationToken) =>
        _manifests.PeekDigestAsync(repository, tag, cancellationToken);

    /// <summary>As <see cref="FindDigestAsync"/> where a wrong "no" only costs work: unsure means no.</summary>
    public Task<Digest?> ProbeDigestAsync(string repository, string tag, CancellationToken cancellationToken) =>
        _manifests.ProbeDigestAsync(repository, tag, cancellationToken);

    /// <summary>As <see cref="FindManifestAsync"/> where a wrong "no" only costs work: unsure means no.</summary>
    public Task<ManifestContent?> ProbeManifestAsync(
        string repository, string target, CancellationToken cancellationToken) =>
        _manifests.ProbeAsync(repository, target, cancellationToken);

    /// <summary>A manifest by tag or digest, its digest checked; <see langword="null"/> when there is none.</summary>
    public Task<ManifestContent?> FindManifestAsync(
        string repository, string target, CancellationToken cancellationToken) =>
        _manifests.FindAsync(repository, target, cancellationToken);

    /// <summary>
    /// All tags of a repository, in ordinal order, each once; <see langword="null"/> when there is no such repository.
    /// </summary>
    public Task<ImmutableArray<string>?> FindTagsAsync(string repository, CancellationToken cancellationToken) =>
        _tags.ReadAsync(repository, isEndProven: true, cancellationToken);

    /// <summary>
    /// The tags that a repository lists, perhaps not all of them, where that only saves work; none when there is no
    /// such repository, <see langword="null"/> when the registry does not tell.
    /// </summary>
    public Task<ImmutableArray<string>?> ProbeTagsAsync(string repository, CancellationToken cancellationToken) =>
        _questions.AskAsync<ImmutableArray<string>>(
            "the tags that are there",
            async token => await _probedTags.ReadAsync(repository, isEndProven: false, token).ConfigureAwait(false)
                ?? [],
            cancellationToken);

    /// <summary>
    /// Opens a blob at an offset. The stream ends after exactly <paramref name="size"/> minus
    /// <paramref name="offset"/> bytes, or throws a <see cref="MirrorException"/>; the digest is the caller's to check.
    /// </summary>
    public Task<Stream> OpenBlobAsync(
        string repository, Digest digest, long size, long offset, CancellationToken cancellationToken) =>
        _blobs.OpenAsync(repository, digest, size, offset, cancellationToken);

    /// <summary>Whether a repository has a blob of this size; unsure means no.</summary>
    public Task<bool> HasBlobAsync(string repository, Digest digest, long size, CancellationToken cancellationToken) =>
        _blobWriter.HasAsync(repository, digest, size, cancellationToken);

    /// <summary>Takes a blob over from another repository of this registry; false when that is not possible.</summary>
    public Task<bool> MountBlobAsync(
        string repository, Digest digest, string source, CancellationToken cancellationToken) =>
        _blobWriter.MountAsync(repository, digest, source, cancellationToken);

    /// <summary>
    /// Sends a blob once. What the stream throws is thrown; a temporary failure is not repeated, except for a piece of
    /// a blob that is sent in pieces.
    /// </summary>
    public Task WriteBlobAsync(
        string repository, Digest digest, long size, Stream content, CancellationToken cancellationToken) =>
        _blobWriter.WriteAsync(repository, digest, size, content, cancellationToken);

    /// <summary>
    /// Whether sending a blob again may help: it was refused as too large, and smaller pieces are left.
    /// </summary>
    public bool MaySendInPieces(MirrorException failure) => _blobWriter.MaySendInPieces(failure);

    /// <summary>
    /// Writes a manifest under a tag or its digest, its bytes unchanged. True: the registry itself lists it among those
    /// who refer to its subject.
    /// </summary>
    public Task<bool> WriteManifestAsync(
        string repository,
        string target,
        ReadOnlyMemory<byte> manifest,
        string mediaType,
        Digest digest,
        CancellationToken cancellationToken) =>
        _manifestWriter.WriteAsync(repository, target, manifest, mediaType, digest, cancellationToken);

    /// <summary>Throws what speaks against writing to a repository; leaves nothing behind.</summary>
    public Task CheckWriteAsync(string repository, CancellationToken cancellationToken) =>
        _blobWriter.CheckAsync(repository, cancellationToken);

    /// <summary>
    /// Waits as before a further attempt after so many that brought nothing; for callers that continue a broken blob.
    /// </summary>
    public Task PauseAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(_backoff.Next(attempt), _wire.Time, cancellationToken);

    /// <summary>Waits on the clock of the client.</summary>
    public Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        Task.Delay(pause, _wire.Time, cancellationToken);

    public RegistryFaults FaultsOf(RegistryRequest request) => new(_access, request, _access.Host);

    public void Dispose() => _http.Dispose();
}
