using System.Text;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Deckhouse;
using Mirror.Engine.Disk;
using Mirror.Engine.Ends;
using Mirror.Engine.Events;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Spool;

namespace Mirror.Engine.Flows;

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

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="source">The source, with its credential.</param>
    /// <param name="tmpDirectory">Where the spool is; perhaps shared with other runs.</param>
    /// <param name="claimed">
    /// The folder that this run claims before it uses the spool. Each has a spool of its own, so one run uses it.
    /// </param>
    /// <param name="parts">What the run takes from outside.</param>
    /// <param name="events">Where it reports.</param>
    public SourceSession(
        RegistryAccess source, string tmpDirectory, string claimed, EngineParts parts, EventSink events)
    {
        _parts = parts;
        _tmpDirectory = tmpDirectory;
        _isTmpOurs = !parts.Disk.DirectoryExists(_tmpDirectory);
        string spool = Path.Combine(_tmpDirectory, SpoolName(claimed));
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

    /// <summary>Closes those archives, so that they can be replaced.</summary>
    public void CloseEarlier()
    {
        Spool.Elsewhere = null;
        _earlier?.Dispose();
    }

    /// <summary>What resolves the settings; not kept, because it remembers every manifest it has seen.</summary>
    public DeckhouseResolver CreateResolver() =>
        new(_source, Client, new ManifestStore(Client, Spool), Spool, _events);

    /// <summary>Removes the spool, and the temporary folder if this run made it.</summary>
    public void DeleteSpool()
    {
        Spool.DeleteOwnFiles();
        if (_isTmpOurs)
        {
            try
            {
                _parts.Disk.DeleteEmptyDirectory(_tmpDirectory);
            }
            catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
            {
                throw DiskFaults.Translate(exception, _tmpDirectory, "deleted", "TmpDirectory");
            }
        }
    }

    public void Dispose()
    {
        CloseEarlier();
        Client.Dispose();
        _handler.Dispose();
    }

    private static string SpoolName(string claimed) =>
        $"d8mirror-spool-{Digest.OfSha256(Encoding.UTF8.GetBytes(claimed)).Hex[..8]}";
}
