namespace Mirror.TestKit.Files;

/// <summary>A folder of its own under the system's temporary folder, deleted on dispose.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates the folder.</summary>
    public TemporaryFolder() => FullName = Directory.CreateTempSubdirectory("mirror-test-").FullName;

    /// <summary>The full path.</summary>
    public string FullName { get; }

    /// <summary>The full path of something inside.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => Path.Combine([FullName, .. parts]);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(FullName))
        {
            Directory.Delete(FullName, recursive: true);
        }
    }
}
