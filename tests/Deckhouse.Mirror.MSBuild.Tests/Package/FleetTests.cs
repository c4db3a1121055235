using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>The project of <c>examples/fleet</c>, with a registry that is whole and one that is empty.</summary>
[Collection(SharedPackage.Name)]
public sealed class FleetTests(PackedPackage package, PlainProjects projects) : IClassFixture<PlainProjects>
{
    [Fact]
    public async Task A_list_of_registries_is_checked_in_one_run_and_one_by_one_whatever_is_wrong_with_one()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "fleet");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using TestRegistry empty = await TestRegistry.StartAsync(cancellationToken: cancellation);
        await job.SucceedAsync("D8MirrorLock;D8MirrorPull;D8MirrorPush", job.Bundle("bundle"));
        string whole = $"{job.Target.Host}/mirror/ee";
        string lacking = $"{empty.Host}/mirror/ee";
        using ConsumerProject fleet = ConsumerProject.Copy(package, "fleet");
        File.Copy(job.LockFile, Path.Combine(fleet.Folder, "mirror.lock.json"));
        string project = await File.ReadAllTextAsync(fleet.File, cancellation);
        await File.WriteAllTextAsync(
            fleet.File,
            project.Replace("registry.north.example.com/deckhouse/ee", whole, StringComparison.Ordinal)
                .Replace("registry.south.example.com/deckhouse/ee", lacking, StringComparison.Ordinal)
                .Replace("registry.lab.example.com/deckhouse/ee", $"{empty.Host}/lab/ee", StringComparison.Ordinal),
            cancellation);

        DotNetRun together = await RunAsync(fleet, null);
        DotNetRun each = await RunAsync(fleet, "CheckEach");

        Assert.Equal((1, 1), (together.ExitCode, each.ExitCode));
        string[] missing = await File.ReadAllLinesAsync(
            Path.Combine(fleet.Folder, "missing.txt"), cancellation);
        Assert.Contains($"{lacking} Missing {lacking}/modules/console/release:stable", missing);
        Assert.DoesNotContain(missing, line => line.StartsWith(whole, StringComparison.Ordinal));
        Assert.Single(together.DistinctLinesWith($"{lacking}: {missing.Length / 2} findings"));
        Assert.Contains("fleet -> ", each.Output);
        Assert.Equal(
            new[] { "fleet", NameOf(whole), NameOf(lacking), NameOf($"{empty.Host}/lab/ee") }.Order(),
            Directory.GetFiles(Path.Combine(fleet.Folder, "reports"), "*.html")
                .Select(file => Path.GetFileNameWithoutExtension(file)).Order());
    }

    private static string NameOf(string registry) => registry.Replace('/', '-').Replace(':', '-');

    private Task<DotNetRun> RunAsync(ConsumerProject fleet, string? target) => fleet.BuildAsync(
        target,
        [new("LAB_PASSWORD", "secret")],
        $"-p:DeckhouseMirrorVersion={package.Version}",
        "-p:D8MirrorInsecure=true");
}
