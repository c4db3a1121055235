using System.Text.Json;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about the archive of all packages' versions, and about a pull that is cancelled.</summary>
public sealed class PackageVersionsCasesTests
{
    private const string Archive = "package-versions.tar";

    public static TheoryData<string> Ids => CaseFile.Pull.Ids("package-versions");

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task All_versions_of_all_packages_are_in_one_archive(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        foreach (JsonProperty package in spec.Input.GetProperty("packages").EnumerateObject())
        {
            foreach (JsonElement version in package.Value.EnumerateArray())
            {
                source.Version("packages", package.Name, version.GetString()!);
                source.Channel("packages", package.Name, "stable", version.GetString()!);
            }
        }

        await using SketchRun run = await SketchRun.StartAsync(source);
        bool isDry = SpecCase.Any(spec.Input, "dry_run") == "True";

        MirrorPlan plan = isDry
            ? await run.PlanAsync(MirrorComponents.Packages)
            : (await run.Run(MirrorComponents.Packages).PullAsync()).Plan;

        string[] files = Directory.Exists(run.BundleFolder)
            ? [.. Directory.GetFiles(run.BundleFolder, Archive).Select(path => Path.GetFileName(path)!)]
            : [];
        string[] prefixes = [.. plan.Archives.Where(archive => archive.Name == Archive)
            .SelectMany(archive => archive.Layouts).Select(layout => layout.Path)];
        string[] expected = SpecCase.Strings(spec.Expected, "prefixes");
        CaseFile.Check(
            spec,
            $"{SpecCase.Text(spec.Expected, "archive")}:{string.Join(' ', expected)}",
            $"{string.Join(' ', files)}:{(isDry ? "" : string.Join(' ', prefixes))}");
    }

    [Theory]
    [InlineData("module-cancel")]
    public async Task A_cancelled_pull_leaves_no_archive(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        string[] modules = SpecCase.Strings(spec.Input, "modules");
        foreach (string module in modules)
        {
            source.Version("modules", module, "v1.0.0");
            source.Channel("modules", module, "stable", "v1.0.0");
        }

        await using SketchRun run = await SketchRun.StartAsync(source);
        RequestGate gate = new();
        run.Registry.Faults.Add(
            request => request.Path.Contains($"/{modules[1]}/", StringComparison.Ordinal),
            new RegistryFault { Gate = gate });
        using CancellationTokenSource user = new();

        Task pull = run.Run(MirrorComponents.Modules).PullAsync(user.Token);
        await gate.Reached;
        await user.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);

        CaseFile.Check(
            spec,
            $"ok: {spec.Expected.GetProperty("ok")} {string.Join(' ', SpecCase.Strings(spec.Expected, "archives"))}",
            $"ok: False {string.Join(' ', Directory.GetFiles(run.BundleFolder, "*.tar"))}");
        gate.Open();
    }
}
