using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>One script that pushes every damaged bundle into one empty registry and says how each push ended.</summary>
public sealed class DamagedPushes(PackedPackages packages) : IAsyncLifetime
{
    private const string Script = """
        #addin nuget:?package=Cake.DeckhouseMirror&prerelease&loaddependencies=true

        foreach (var line in System.IO.File.ReadAllLines("damages.txt"))
        {
            var (number, folder, gost) = (line.Split('|')[0], line.Split('|')[1], line.Split('|')[2]);
            try
            {
                D8MirrorPush(new D8MirrorPushSettings
                {
                    Target = Argument<string>("registry") + "/mirror/" + number,
                    Insecure = true,
                    BundleDirectory = folder,
                    VerifyGostDigest = bool.Parse(gost),
                });
                Information("{0}: pushed", number);
            }
            catch (CakeException exception)
            {
                var faults = ((MirrorException)exception.InnerException).Faults;
                Information("{0}: {1}", number, string.Join(",", faults.Select(fault => fault.Code)));
                Information("{0}", exception.InnerException.Message);
                Information("{0} ends", number);
            }
        }
        """;

    private readonly List<BundleCopy> _bundles = [];
    private TestRegistry? _target;

    internal TestRegistry Target => _target!;

    internal DotNetRun Run { get; private set; } = new(-1, "");

    public async ValueTask InitializeAsync()
    {
        _bundles.AddRange(BundleDamage.All.Select(damage => damage.Make()));
        _target = await TestRegistry.StartAsync();
        using CakeScript script = new(packages, Script);
        await File.WriteAllLinesAsync(
            Path.Combine(script.Folder, "damages.txt"),
            BundleDamage.All.Select(
                (damage, number) => $"damage-{number}|{_bundles[number].Folder}|{damage.IsAboutSums}"));
        Run = await script.RunAsync(variables: [], $"--registry={_target.Host}");
        Assert.True(Run.ExitCode == 0, Run.Output);
    }

    public async ValueTask DisposeAsync()
    {
        _bundles.ForEach(bundle => bundle.Dispose());
        if (_target is not null)
        {
            await _target.DisposeAsync();
        }
    }

    /// <summary>What the script printed about one damage: its codes, then the message of the failure.</summary>
    internal IReadOnlyList<string> LinesOf(int number) =>
    [
        .. Run.Output.Split('\n').Select(line => line.Trim())
            .SkipWhile(line => !line.StartsWith($"damage-{number}: ", StringComparison.Ordinal))
            .TakeWhile(line => line != $"damage-{number} ends"),
    ];
}
