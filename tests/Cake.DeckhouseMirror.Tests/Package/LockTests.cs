using System.Security.Cryptography;
using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>What was approved is what arrives, in a script with the packed addin.</summary>
[Collection(SharedPackages.Name)]
public sealed class LockTests(PackedPackages packages)
{
    private const string Script = """
        #addin nuget:?package=Cake.DeckhouseMirror&prerelease&loaddependencies=true
        D8MirrorPullSettings Modules(FilePath lockFile, string bundle) => new()
        {
            Source = Argument<string>("source"),
            Insecure = true,
            LockFile = lockFile,
            BundleDirectory = bundle,
            Components = MirrorComponents.Modules,
            IncludeModules = ["console", "neuvector"],
            OutputsFile = Argument("outputs", "") is { Length: > 0 } outputs ? outputs : null,
        };
        Task("Lock").Does(() =>
        {
            var locked = D8MirrorLock(Modules("mirror.lock.json", "first"));
            Information($"locked {locked.HasChanged} {locked.Plan.StateId}");
            D8MirrorPull(Modules("mirror.lock.json", "first"));
        });
        Task("Check").Does(async () =>
        {
            var check = await D8MirrorLockCheckAsync(Modules("mirror.lock.json", "checked"));
            Information($"checked {check.HasChanged} {check.Changes.Moved.Length > 0}");
            Information($"pulled {D8MirrorPull(Modules("mirror.lock.json", "second")).Plan.StateId}");
            D8MirrorPull(Modules(null, "open"));
            Information($"diffed {D8MirrorDiff("first", "second").IsEmpty} {D8MirrorDiff("first", "open").IsEmpty}");
        });
        Task("Push").Does(() => D8MirrorPush(new()
        {
            Target = Argument<string>("registry"),
            Insecure = true,
            BundleDirectory = "open",
            LockFile = "mirror.lock.json",
        }));
        RunTargets(Arguments<string>("target"));
        """;

    [Fact]
    public async Task A_script_locks_checks_and_pulls_what_is_locked_and_pushes_nothing_else()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ContentSet content = DeckhouseMini.Load();
        await using TestRegistry source = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = content }, cancellation);
        await using TestRegistry target = await TestRegistry.StartAsync(cancellationToken: cancellation);
        using CakeScript script = new(packages, Script);
        string lockFile = Path.Combine(script.Folder, "mirror.lock.json");
        string[] ends = [$"--source={source.Host}/deckhouse/ee", $"--registry={target.Host}/mirror/ee"];

        DotNetRun first = await script.RunAsync([], ["--target=Lock", "--outputs=outputs.env", .. ends]);
        Assert.True(first.ExitCode == 0, first.Output);
        byte[] locked = await File.ReadAllBytesAsync(lockFile, cancellation);
        RepositoryContent channels = content.Repository("deckhouse/ee/modules/console/release");
        Assert.True(channels.TryGetManifest("alpha", out StoredManifest? newest));
        channels.AddManifest(newest, "stable");
        DotNetRun second = await script.RunAsync([], ["--target=Check", "--target=Push", .. ends]);

        Assert.Equal(1, second.ExitCode);
        string id = Assert.Single(first.LinesWith("locked True ")).Split(' ')[^1];
        Assert.Single(second.LinesWith("checked True True"));
        Assert.Single(second.LinesWith($"pulled {id}"));
        Assert.Single(second.LinesWith("diffed True False"));
        Assert.Equal(locked, await File.ReadAllBytesAsync(lockFile, cancellation));
        Assert.Equal(Files(script, "first"), Files(script, "second"));
        Assert.NotEqual(Files(script, "first")["module-console.tar"], Files(script, "open")["module-console.tar"]);
        Assert.Single(second.LinesWith("D8M4203: "));
        Assert.Empty(target.Requests.Where(request => request.Method is not ("GET" or "HEAD")));
        string[] outputs = await File.ReadAllLinesAsync(Path.Combine(script.Folder, "outputs.env"), cancellation);
        Assert.Equal(["D8MirrorChanged=true", $"D8MirrorStateId={id}"], outputs[..2]);
    }

    private static SortedDictionary<string, string> Files(CakeScript script, string bundle) => new(
        Directory.GetFiles(Path.Combine(script.Folder, bundle))
            .Where(file => !Path.GetFileName(file).StartsWith(".d8mirror", StringComparison.Ordinal))
            .ToDictionary(
                file => Path.GetFileName(file),
                file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);
}
