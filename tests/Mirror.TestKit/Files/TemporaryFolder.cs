namespace Mirror.TestKit.Files;

/// <summary>A folder of its own, deleted on dispose.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates the folder under <paramref name="parent"/>, by default the system's temporary folder.</summary>
    public TemporaryFolder(string? parent = null)
    {
        FullName = Path.Combine(parent ?? Path.GetTempPath(), $"mirror-test-{Guid.NewGuid():N}");
        Directory.CreateDirectory(FullName);
    }

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
