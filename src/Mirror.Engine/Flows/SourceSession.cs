using System.Text;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Deckhouse;
using Mirror.Engine.Disk;
using Mirror.Engine.Ends;
using Mirror.Engine.Events;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings.Checks;
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

    public SourceSession(CheckedPullSettings order, EngineParts parts, EventSink events)
    {
        _parts = parts;
        _tmpDirectory = order.Settings.TmpDirectory!;
        _isTmpOurs = !parts.Disk.DirectoryExists(_tmpDirectory);
        string spool = Path.Combine(_tmpDirectory, SpoolName(order.Settings.BundleDirectory));
        OwnFolder.RefuseForeign(parts.Disk, spool);
        Spool = new BlobSpool(parts.Disk, spool);
        _handler = parts.CreateHandler(order.Source, parts.Environment);
        Client = new RegistryClient(
            order.Source, _handler, parts.Time, parts.CreateRandom(), events, parts.CreateStores(events));
        _source = order.Source;
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
                throw DiskFaults.Of(exception, _tmpDirectory, "deleted");
            }
        }
    }

    public void Dispose()
    {
        CloseEarlier();
        Client.Dispose();
        _handler.Dispose();
    }

    /// <summary>
    /// One folder per bundle: the bundle's lock then keeps the spool for one run, also in a shared temporary folder.
    /// </summary>
    private static string SpoolName(string bundleDirectory) =>
        $"d8mirror-spool-{Digest.OfSha256(Encoding.UTF8.GetBytes(bundleDirectory)).Hex[..8]}";
}
