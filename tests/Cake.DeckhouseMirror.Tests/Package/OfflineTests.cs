using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

[Collection(SharedPackages.Name)]
public sealed class OfflineTests(PackedPackages packages)
{
    [Fact]
    public async Task The_example_installs_its_addin_and_mirrors_without_any_network()
    {
        CutOffNetwork network = await CutOffNetwork.OrSkipAsync();
        using CakeScript script = CakeScript.Example(packages);

        DotNetRun run = await script.RunUnderAsync(
            network.Wrapper, variables: [], "--target=Plan", "--target=Pull", "--target=Push");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal([$"{CutOffNetwork.Interfaces}lo"], run.LinesWith(CutOffNetwork.Interfaces));
        Assert.Single(run.LinesWith(" tags to 127.0.0.1:"));
        Assert.NotEmpty(BundleListing.Read(Path.Combine(script.Folder, "bundle")));
        Assert.Contains(
            $"{PackedPackages.Engine}.{packages.Version}",
            Directory.GetDirectories(Path.Combine(script.Folder, "cake-addins")).Select(Path.GetFileName));
    }
}
