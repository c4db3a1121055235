using System.Globalization;
using System.Text.RegularExpressions;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed partial class FullDiskTests(FaultProject project) : IClassFixture<FaultProject>
{
    [Fact]
    public async Task Archives_that_do_not_fit_are_refused_with_bytes_volume_and_what_to_leave_out()
    {
        (string error, string volume) = await PullAsync(1024 * 1024);

        Match numbers = Numbers().Match(error);
        Assert.True(numbers.Success, error);
        Assert.Contains($"The volume '{volume}' ", error);
        Assert.Equal(Value(numbers, "missing"), Value(numbers, "needed") - Value(numbers, "free"));
        Assert.Contains("leave something out: platform.tar (", error);
        Assert.Contains("with D8MirrorNoPlatform", error);
        Assert.Matches("with [a-z-]+ in D8MirrorExcludeModule, or without its rule in D8MirrorIncludeModule ", error);
    }

    [Fact]
    public async Task A_volume_that_fills_up_while_planning_is_described_as_well()
    {
        (string error, string volume) = await PullAsync(32 * 1024);

        Assert.Contains("d8mirror-spool", error);
        Assert.Contains($"on the volume '{volume}' ", error);
        Assert.Matches("[1-9][0-9]* bytes are missing", error);
        Assert.Contains("D8MirrorTmpDir", error);
        Assert.Contains("or select less (for example D8MirrorNoModules, ", error);
    }

    /// <summary>Pulls onto a volume of that size: the one error, and the mount point.</summary>
    private async Task<(string Error, string Volume)> PullAsync(long bytes)
    {
        string bundle = project.NewBundle();
        Directory.CreateDirectory(bundle);
        SmallVolume volume = await SmallVolume.OrSkipAsync(bundle, bytes);
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);

        DotNetRun build = await project.BuildAsync(
            volume.Wrapper, "D8MirrorPull", bundle, registry.Host, [], "-p:D8MirrorInsecure=true");

        string error = project.OnlyError(build, "D8M6001", bundle);
        List<string> left = [.. build.DistinctLinesWith(SmallVolume.Left)];
        Assert.NotEmpty(left);
        Assert.DoesNotContain(left, FaultProject.IsFinal);
        return (error, bundle);
    }

    private static long Value(Match numbers, string name) =>
        long.Parse(numbers.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"lacks (?<missing>\d+) bytes[^:]*: (?<needed>\d+) bytes[^,]* are needed, (?<free>\d+) bytes.* are free",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();
}
