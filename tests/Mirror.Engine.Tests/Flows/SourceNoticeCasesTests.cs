using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The cases of what a plan says of its source: modules that were moved, channels that do not exist.</summary>
public sealed class SourceNoticeCasesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Moved => CaseFile.Pull.Ids("moved-path-warning");

    public static TheoryData<string> NoChannels => ["diag-11", "diag-12"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Moved))]
    public async Task Moved_modules_are_told_when_some_were_taken(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string suffix = SpecCase.Text(spec.Input, "suffix")!;
        SketchedSource source = new();
        source.Image("r/installer", ["latest"]);
        if (SpecCase.Any(spec.Input, "modules_transferred") == "True")
        {
            string root = suffix == "/" ? SketchedSource.Edition : $"{SketchedSource.Edition}/modules";
            source.Image(root, ["console"]);
            source.Image($"{root}/console", ["v1.0.0"]);
            source.Release($"{root}/console/release", "stable", "v1.0.0");
        }

        await using TestRegistry registry = await source.StartAsync();
        MirrorPlan plan = await Run(registry, MirrorComponents.Modules | MirrorComponents.Installer, suffix)
            .PlanAsync();

        CaseFile.Check(
            spec,
            SpecCase.Any(spec.Expected, "warning")!,
            $"{plan.NoteCodes().Contains(FaultCode.ModulesPathMoved)}");
    }

    [Theory]
    [MemberData(nameof(NoChannels))]
    public async Task A_source_without_channels_is_said_to_be_one(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        Assert.Equal("no-release-channels", SpecCase.Text(spec.Expected, "category"));
        SketchedSource source = new();
        source.Platform("v1.64.0");
        await using TestRegistry registry = await source.StartAsync();
        if (SpecCase.Text(spec.Input, "error")!.EndsWith("image not found", StringComparison.Ordinal))
        {
            // A bare 404; without this the registry says MANIFEST_UNKNOWN.
            registry.Faults.Add(request => request.IsManifest(), new RegistryFault { Status = 404 });
        }

        Assert.Equal(
            [FaultCode.NoReleaseChannels], await Run(registry, MirrorComponents.Platform, "").RefusedAsync());
    }

    private EngineRun Run(TestRegistry registry, MirrorComponents components, string suffix)
    {
        EngineRun run = new(registry.Host, _folder.FullName);
        run.Settings = run.Settings with
        {
            Source = new RegistryEndpoint($"{registry.Host}/{SketchedSource.Edition}"),
            Components = components,
            ModulesPathSuffix = suffix,
        };
        return run;
    }
}
