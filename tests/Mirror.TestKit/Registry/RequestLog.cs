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
    private int _era;

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

    /// <summary>How often it was cleared.</summary>
    internal int Era
    {
        get
        {
            lock (_gate)
            {
                return _era;
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

    /// <summary>
    /// Forgets everything, also what was asked before and is not answered yet: a client that was killed asks no more.
    /// </summary>
    public void Clear()
    {
        lock (_gate)
        {
            _era++;
            _records.Clear();
        }
    }

    /// <summary>Adds a record, unless its request came in an era before the last <see cref="Clear"/>.</summary>
    internal void Add(int era, RequestRecord record)
    {
        lock (_gate)
        {
            if (era == _era)
            {
                _records.Add(record);
                _observers.ForEach(observe => observe(record));
            }
        }
    }
}
