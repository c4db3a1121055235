using System.Text;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class ReleaseManifestFlowTests
{
    private const string Name = "deckhousereleases.yaml";
    private const string Releases = $"{SketchedSource.Edition}/release-channel";
    private static readonly string[] Channels = ["alpha", "beta", "early-access", "stable", "rock-solid"];

    [Fact]
    public async Task The_plan_has_the_file_with_its_size_and_a_pull_writes_exactly_that()
    {
        await using TestRegistry registry = await Sketch().StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder.Combine("bundle"));

        MirrorPlan plan = await run.PlanAsync();
        MirrorReport report = await run.PullAsync();

        PlannedFile file = Assert.Single(plan.Files);
        byte[] written = await File.ReadAllBytesAsync(
            folder.Combine("bundle/" + Name), TestContext.Current.CancellationToken);
        Assert.Equal((Name, written.Length), (file.Name, file.Bytes));
        Assert.Equal(["v1.67.0", "v1.68.0", "v1.69.0"], NamesIn(written));
        Assert.Equal(written, report.Plan.Files[0].Content.ToArray());
        Assert.Equal(report.Plan.Archives.Sum(archive => archive.FileBytes) + written.Length, report.Plan.FileBytes);
        Assert.DoesNotContain(report.Files, one => one.Name == Name);
    }

    [Theory]
    [InlineData("v1.68.0", null)]
    [InlineData("stable", null)]
    [InlineData(null, "=v1.68.0")]
    public async Task One_named_release_has_no_file(string? tag, string? range)
    {
        await using TestRegistry registry = await Sketch().StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder.Combine("bundle"));
        run.Settings = run.Settings with
        {
            DeckhouseTag = tag,
            IncludePlatform = range is null ? null : VersionConstraint.Parse(range),
        };

        Assert.Empty((await run.PlanAsync()).Files);
    }

    [Fact]
    public async Task A_range_has_one_with_the_releases_it_takes()
    {
        await using TestRegistry registry = await Sketch().StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder.Combine("bundle"));
        run.Settings = run.Settings with { IncludePlatform = VersionConstraint.Parse("~1.68.0") };

        Assert.Equal(["v1.68.0"], NamesIn(Assert.Single((await run.PlanAsync()).Files).Content.ToArray()));
    }

    [Theory]
    [InlineData("version.json", "{}", null, "changelog.yaml")]
    [InlineData("changelog.yaml", "{}", null, "version.json")]
    [InlineData("version.json", "{}", "a: [", "changelog.yaml")]
    [InlineData("version.json", "{}", "a: &x [: *x\n<<: *x\n", "changelog.yaml")]
    [InlineData("version.json", "{}", "...\n-", "changelog.yaml")]
    [InlineData("version.json", "oops", "{}", "version.json")]
    public async Task A_release_that_cannot_be_listed_is_noted_and_pulled_all_the_same(
        string file, string text, string? changelog, string blamed)
    {
        SketchedSource source = Sketch();
        (string, string)[] files = changelog is null ? [(file, text)] : [(file, text), ("changelog.yaml", changelog)];
        source.Image(Releases, ["v1.68.0"], files);
        await using TestRegistry registry = await source.StartAsync();
        using TemporaryFolder folder = new();

        MirrorPlan plan = await Run(registry, folder.Combine("bundle")).PlanAsync();

        Fault note = Assert.Single(plan.Notes, one => one.Code == FaultCode.ReleaseManifestMissing);
        Assert.Contains($"{Releases}:v1.68.0", note.Message, StringComparison.Ordinal);
        Assert.Contains(blamed, note.Message, StringComparison.Ordinal);
        Assert.Equal(["v1.67.0", "v1.69.0"], NamesIn(Assert.Single(plan.Files).Content.ToArray()));
        Assert.Contains("v1.68.0", plan.Tags("platform.tar", "install"));
    }

    [Fact]
    public async Task A_pull_of_one_release_takes_the_list_of_an_earlier_one_away()
    {
        await using TestRegistry registry = await Sketch().StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder.Combine("bundle"));
        await run.PullAsync();

        run.Settings = run.Settings with { DeckhouseTag = "v1.68.0", Force = true };
        await run.PullAsync();

        Assert.False(File.Exists(folder.Combine("bundle/" + Name)));
        Assert.True(File.Exists(folder.Combine("bundle/platform.tar")));
    }

    private static SketchedSource Sketch()
    {
        SketchedSource source = new();
        foreach (string tag in (string[])["v1.67.0", "v1.68.0", "v1.69.0"])
        {
            source.Platform(tag);
        }

        foreach (string channel in Channels)
        {
            source.Release(Releases, channel, channel == "alpha" ? "v1.69.0" : "v1.67.0");
        }

        return source;
    }

    private static EngineRun Run(TestRegistry registry, string bundle)
    {
        EngineRun run = new(registry.Host, bundle);
        run.Settings = run.Settings with
        {
            Source = new RegistryEndpoint($"{registry.Host}/{SketchedSource.Edition}"),
            Components = MirrorComponents.Platform,
        };
        return run;
    }

    private static string[] NamesIn(byte[] yaml) =>
    [
        .. Encoding.UTF8.GetString(yaml).Split('\n')
            .Where(line => line.StartsWith("  name: ", StringComparison.Ordinal))
            .Select(line => line["  name: ".Length..]),
    ];
}
