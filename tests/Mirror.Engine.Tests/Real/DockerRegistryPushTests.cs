using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// The way through: a real registry, a bundle, a second real registry that is read without any engine code.
/// </summary>
public sealed class DockerRegistryPushTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Planned_is_stored_is_pushed_from_one_real_registry_to_another()
    {
        string program = RealPart.OrSkip("docker-registry");
        await using DockerRegistry source = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation);
        await using DockerRegistry target = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation);
        using (RegistryFiller filler = new(source.Host))
        {
            await filler.FillAsync(DeckhouseMini.Load(), Cancellation);
        }

        using TemporaryFolder folder = new();
        MirrorReport pulled = await new EngineRun(source.Host, folder.FullName).PullAsync();
        string[] planned = [.. pulled.Plan.Archives.SelectMany(archive => archive.Layouts)
            .SelectMany(layout => layout.Images, (layout, image) => Line(layout.Path, image.Tag, $"{image.Digest}"))
            .Distinct().Order(StringComparer.Ordinal)];
        string[] stored = [.. StoredBundle.Read(folder.FullName)
            .Select(image => Line(image.Layout, image.Tag, image.Digest))
            .Distinct().Order(StringComparer.Ordinal)];

        MirrorReport first = await new PushRun(target.Host, folder.FullName).PushAsync();
        string[] pushed = await ReadAsync(target.Host);
        MirrorReport second = await new PushRun(target.Host, folder.FullName).PushAsync();

        string[] names = [.. first.Plan.DiscoveryTags.Select(tag => tag[(target.Host.Length + 1)..])];
        Assert.Equal(planned, stored);
        string[] installers = [.. pushed.Where(
            line => line.StartsWith("mirror/ee/install:", StringComparison.Ordinal) && line.Split(':')[1][0] != 'v')];
        Assert.Equal(5, installers.Length);
        Assert.Equal(stored, pushed.Except(installers).Where(line => !names.Contains(Reference(line))));
        Assert.Equal(names.Order(), pushed.Select(Reference).Where(names.Contains).Order());
        Assert.True(names.Length >= 7, $"Only {names.Length} names.");
        Assert.Equal(0, second.Repositories.Sum(repository => repository.Pushed));
        Assert.Equal(pushed, await ReadAsync(target.Host));
    }

    private static async Task<string[]> ReadAsync(string host)
    {
        using RegistryReader reader = new(host);
        return [.. (await reader.ListAsync(Cancellation))
            .Select(image => $"{image.Repository}:{image.Tag} {image.Digest}").Order(StringComparer.Ordinal)];
    }

    private static string Reference(string line) => line.Split(' ')[0];

    /// <summary>Where a path of the bundle must be at the target: installer and plugins above the edition.</summary>
    private static string Line(string path, string tag, string digest)
    {
        bool isBare = path == "installer" || path.StartsWith("deckhouse-cli/", StringComparison.Ordinal);
        string root = isBare ? "mirror" : "mirror/ee";
        return $"{root}{(path.Length == 0 ? "" : "/")}{path}:{tag} {digest}";
    }
}
