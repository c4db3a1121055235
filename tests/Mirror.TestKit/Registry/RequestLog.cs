namespace Mirror.TestKit.Registry;

/// <summary>
/// What was asked and answered, in order of answers. A record is written before the last byte of its answer leaves, so
/// a client that has its answer finds its request here.
/// </summary>
public sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly List<RequestRecord> _records = [];
    private readonly List<Action<RequestRecord>> _observers = [];

    /// <summary>Everything recorded since the start or the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<RequestRecord> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>Requests for blobs: all, or of one digest.</summary>
    public IReadOnlyList<RequestRecord> Blobs(string? digest = null) =>
        Where(request => request.IsBlob(digest));

    /// <summary>Requests for manifests: all, of one repository, or of one tag or digest there.</summary>
    public IReadOnlyList<RequestRecord> Manifests(string? repository = null, string? reference = null) =>
        Where(request => request.IsManifest(repository, reference));

    /// <summary>Requests for tag lists: all, or of one repository.</summary>
    public IReadOnlyList<RequestRecord> TagLists(string? repository = null) =>
        Where(request => request.IsTagList(repository));

    /// <summary>Requests that belong to uploads: all, or into one repository.</summary>
    public IReadOnlyList<RequestRecord> Uploads(string? repository = null) =>
        Where(request => request.IsUpload(repository));

    /// <summary>Requests a test picks itself.</summary>
    public IReadOnlyList<RequestRecord> Where(Func<RegistryRequest, bool> matches) =>
        [.. All.Where(record => matches(record.Request))];

    /// <summary>Tells of every further record, one at a time.</summary>
    public void Observe(Action<RequestRecord> observer)
    {
        lock (_gate)
        {
            _observers.Add(observer);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _records.Clear();
        }
    }

    internal void Add(RequestRecord record)
    {
        lock (_gate)
        {
            _records.Add(record);
            _observers.ForEach(observe => observe(record));
        }
    }
}
