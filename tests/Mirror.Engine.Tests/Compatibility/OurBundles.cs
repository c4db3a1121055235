using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Compatibility;

/// <summary>Pulls the miniature source once in each of the two forms.</summary>
public sealed class OurBundles : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        foreach (string version in (string[])["0.33", "0.25.2"])
        {
            await RecordedBundle.Run(registry, Folder(version), version).PullAsync();
        }
    }

    public string Folder(string version) => _folder.Combine(version);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
