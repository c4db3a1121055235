using System.Text;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Deckhouse;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Disk;
using Mirror.Engine.Ends;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Spool;

namespace Mirror.Engine.Flows.Runs;

/// <summary>One run's connection to its source, with the spool of what planning read.</summary>
internal sealed class SourceSession : IDisposable
{
    private readonly RegistryAccess _source;
    private readonly EventSink _events;
    private readonly HttpMessageHandler _handler;
    private readonly EngineParts _parts;
    private readonly string _tmpDirectory;
    private readonly bool _isTmpOurs;
    private PublishedBlobs? _earlier;

    /// <summary>
    /// Connects to nothing yet. The spool is named after its owner, so that one run uses it at a time: the folder that
    /// a run claims before it uses the spool, or a name that no other run has.
    /// </summary>
    public SourceSession(
        RegistryAccess source, string tmpDirectory, string owner, EngineParts parts, EventSink events)
    {
        _parts = parts;
        _tmpDirectory = tmpDirectory;
        _isTmpOurs = !parts.Disk.DirectoryExists(_tmpDirectory);
        string spool = Path.Combine(_tmpDirectory, SpoolName(owner));
        OwnFolder.RefuseForeign(parts.Disk, spool);
        Spool = new BlobSpool(parts.Disk, spool);
        _handler = parts.CreateHandler(source, parts.Environment);
        Client = new RegistryClient(
            source, _handler, parts.Time, parts.CreateRandom(), events, parts.CreateStores(events));
        _source = source;
        _events = events;
    }

    public RegistryClient Client { get; }

    public BlobSpool Spool { get; }

    /// <summary>
    /// Takes what the archives in the bundle's folder hold from there, instead of asking the source for it; not for
    /// who wants to start over.
    /// </summary>
    public async Task UseEarlierAsync(MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        if (!settings.NoPullResume)
        {
            _earlier = await PublishedBlobs.OpenAsync(_parts.Disk, settings.BundleDirectory, cancellationToken)
                .ConfigureAwait(false);
            Spool.Elsewhere = new EarlierContent(_earlier);
        }
    }

    /// <summary>Whether one of those archives holds some content.</summary>
    public bool Holds(Digest digest) => _earlier?.TryFind(digest, out _, out _) == true;

    /// <summary>Closes those archives, so that they can be replaced.</summary>
    public void CloseEarlier()
    {
        Spool.Elsewhere = null;
        _earlier?.Dispose();
    }

    /// <summary>What resolves the settings; not kept, because it remembers every manifest it has seen.</summary>
    public DeckhouseResolver CreateResolver() =>
        new(_source, Client, new ManifestStore(Client, Spool), Spool, _events);

    /// <summary>The registry as a Deckhouse source, for single images.</summary>
    public DeckhouseSource CreateSource() =>
        new(Client, new ManifestStore(Client, Spool), new RegistryTree(_source));

    /// <summary>What the settings select, or, with a lock, exactly what is locked.</summary>
    public Task<ResolvedParts> ResolveAsync(
        MirrorPullSettings settings, LockFile? locked, CancellationToken cancellationToken) => locked is null
        ? CreateResolver().ResolveAsync(settings, cancellationToken)
        : CreateResolver().ResolveAsync(locked, settings, cancellationToken);

    /// <summary>Removes the spool, and the temporary folder if this run made it.</summary>
    public void DeleteSpool()
    {
        Spool.DeleteOwnFiles();
        if (_isTmpOurs)
        {
            DiskFaults.Guard(
                _tmpDirectory,
                "deleted",
                () => _parts.Disk.DeleteEmptyDirectory(_tmpDirectory),
                member: "TmpDirectory");
        }
    }

    /// <summary>As <see cref="DeleteSpool"/>, for a run whose result does not depend on it.</summary>
    /// <returns>Why something is left, as warnings.</returns>
    public ImmutableArray<Fault> TryDeleteSpool()
    {
        try
        {
            DeleteSpool();
            return [];
        }
        catch (MirrorException leftover)
        {
            return leftover.Faults;
        }
    }

    public void Dispose()
    {
        CloseEarlier();
        Client.Dispose();
        _handler.Dispose();
    }

    private static string SpoolName(string owner) =>
        $"d8mirror-spool-{Digest.OfSha256(Encoding.UTF8.GetBytes(owner)).Hex[..8]}";
}
