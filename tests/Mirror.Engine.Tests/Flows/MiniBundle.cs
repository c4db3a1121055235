using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// A bundle of the miniature source for the tests of a class, with all that is above its edition: the installer, the
/// CLI, and the plugins of the platform and of a module.
/// </summary>
public sealed class MiniBundle : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Where it is. Tests that change it take a copy.</summary>
    public string Folder => _folder.FullName;

    public async ValueTask InitializeAsync()
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        EngineRun run = EngineRun.Of(source, Folder);
        run.Settings = run.Settings with { IncludeModules = ["console"] };
        await run.PullAsync();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
