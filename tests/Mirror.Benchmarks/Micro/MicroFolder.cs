namespace Mirror.Benchmarks.Micro;

/// <summary>
/// A folder for the files of a micro-benchmark, in memory where Linux has one: what is compared is the work of the
/// processor, and a disk would hide it.
/// </summary>
internal sealed class MicroFolder : IDisposable
{
    private const string InMemory = "/dev/shm";

    public MicroFolder()
    {
        string parent = Directory.Exists(InMemory) ? InMemory : Path.GetTempPath();
        FullName = Directory.CreateDirectory(Path.Combine(parent, $"mirror-micro-{Guid.NewGuid():N}")).FullName;
    }

    public string FullName { get; }

    public string PathOf(string name) => Path.Combine(FullName, name);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
