using System.Security.Cryptography;
using Mirror.Engine;
using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>Inventory, delta, push, check and merge, in a script with the packed addin.</summary>
[Collection(SharedPackages.Name)]
public sealed class DeltaTests(PackedPackages packages)
{
    private const string Script = """
        #addin nuget:?package=Cake.DeckhouseMirror&prerelease&loaddependencies=true
        var registry = Argument<string>("registry");
        D8MirrorPullSettings Modules(string bundle) => new()
        {
            Source = Argument<string>("source"),
            Insecure = true,
            BundleDirectory = bundle,
            Components = MirrorComponents.Modules,
            IncludeModules = ["console", "neuvector"],
        };
        MirrorReport Push(string bundle) => D8MirrorPush(new()
        {
            Target = registry,
            Insecure = true,
            BundleDirectory = bundle,
        });
        MirrorCheckResult Check(string bundle, CheckDepth depth) => D8MirrorCheck(settings =>
        {
            settings.BundleDirectory = bundle;
            settings.Insecure = true;
            settings.CheckDepth = depth;
        }, registry);
        Task("Full").Does(() =>
        {
            D8MirrorPull(Modules("full-a"));
            Push("full-a");
            var inventory = D8MirrorInventory(it => (it.Target, it.Insecure) = (registry, true), "have.json");
            Information($"inventory {inventory.StateId}");
            Information($"checked {Check("full-a", CheckDepth.Tags).StateId}");
        });
        Task("Delta").Does(async () =>
        {
            D8MirrorPull(Modules("full-b"));
            var settings = Modules("delta");
            settings.DeltaBases = ["have.json"];
            var planned = D8MirrorPlan(settings);
            var delta = D8MirrorPull(settings);
            Information($"delta {planned.OmittedBytes > 0} {delta.Plan.FileBytes < delta.Plan.FullBytes}");
            Push("delta");
            Information($"whole {(await D8MirrorCheckAsync(new()
            {
                Targets = [registry],
                Insecure = true,
                BundleDirectory = "delta",
                CheckDepth = CheckDepth.Blobs,
            })).StateId}");
            Information($"merged {D8MirrorMerge(["full-a", "delta"], "merged").Plan.StateId}");
        });
        Task("Broken").Does(() => Check("merged", CheckDepth.Tags));
        RunTargets(Arguments<string>("target"));
        """;

    [Fact]
    public async Task A_script_takes_an_inventory_and_carries_pushes_checks_and_merges_a_delta()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ContentSet content = DeckhouseMini.Load();
        await using TestRegistry source = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = content }, cancellation);
        await using TestRegistry target = await TestRegistry.StartAsync(cancellationToken: cancellation);
        using CakeScript script = new(packages, Script);
        string[] ends = [$"--source={source.Host}/deckhouse/ee", $"--registry={target.Host}/mirror/ee"];

        DotNetRun full = await script.RunAsync([], ["--target=Full", .. ends]);
        Assert.True(full.ExitCode == 0, full.Output);
        RepositoryContent channels = content.Repository("deckhouse/ee/modules/console/release");
        Assert.True(channels.TryGetManifest("alpha", out StoredManifest? newest));
        channels.AddManifest(newest, "stable");
        DotNetRun delta = await script.RunAsync([], ["--target=Delta", .. ends]);
        Assert.True(delta.ExitCode == 0, delta.Output);
        Assert.True(target.Content.Repository("mirror/ee/modules/console/release").RemoveTag("stable"));
        DotNetRun broken = await script.RunAsync([], ["--target=Broken", .. ends]);

        Assert.Equal(IdOf(full, "inventory "), IdOf(full, "checked "));
        Assert.Single(delta.LinesWith("delta True True"));
        Assert.Equal(IdOf(delta, "whole "), IdOf(delta, "merged "));
        Assert.Equal(Files(script, "full-b"), Files(script, "merged"));
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("console", Assert.Single(broken.LinesWith("D8M7101: ")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_of_a_fleet_checks_registries_together_and_one_by_one()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using TestRegistry source = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, cancellation);
        await using TestRegistry whole = await TestRegistry.StartAsync(cancellationToken: cancellation);
        await using TestRegistry empty = await TestRegistry.StartAsync(cancellationToken: cancellation);
        using CakeScript script = new(packages, CakeScript.ReadExample("fleet/build.cake"));
        await PrepareAsync(script, source.Host, whole.Host);
        string[] registries =
            ["--insecure", $"--registry={empty.Host}/mirror/ee", $"--registry={whole.Host}/mirror/ee"];

        DotNetRun one = await script.RunAsync([], ["--insecure", registries[2]]);
        DotNetRun together = await script.RunAsync([], registries);
        DotNetRun each = await script.RunAsync([], ["--target=CheckEach", .. registries]);

        Assert.True(one.ExitCode == 0, one.Output);
        Assert.Single(one.LinesWith("Every registry has state "));
        Assert.Equal((1, 1), (together.ExitCode, each.ExitCode));
        Assert.NotEmpty(together.LinesWith("D8M7101: "));
        Assert.NotEmpty(each.LinesWith("D8M7101: "));
    }

    // The lock and the content of the registry that is whole.
    private static async Task PrepareAsync(CakeScript script, string source, string target)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        MirrorEngine engine = new();
        MirrorPullSettings pull = new()
        {
            Source = new RegistryEndpoint($"{source}/deckhouse/ee"),
            Insecure = true,
            BundleDirectory = Path.Combine(script.Folder, "bundle"),
            Components = MirrorComponents.Modules,
            IncludeModules = ["console"],
            LockFile = Path.Combine(script.Folder, "mirror.lock.json"),
        };
        await engine.LockAsync(pull, null, cancellation);
        await engine.PullAsync(pull, null, cancellation);
        await engine.PushAsync(
            new MirrorPushSettings
            {
                Target = new RegistryEndpoint($"{target}/mirror/ee"),
                Insecure = true,
                BundleDirectory = pull.BundleDirectory,
            },
            null,
            cancellation);
    }

    private static string IdOf(DotNetRun run, string prefix) => Assert.Single(run.LinesWith(prefix)).Split(' ')[^1];

    private static SortedDictionary<string, string> Files(CakeScript script, string bundle) => new(
        Directory.GetFiles(Path.Combine(script.Folder, bundle))
            .Where(file => !Path.GetFileName(file).StartsWith(".d8mirror", StringComparison.Ordinal))
            .ToDictionary(
                file => Path.GetFileName(file),
                file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);
}
