using System.Text.Json;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about what d8 asks of a source before it pulls, and what it does about failures.</summary>
public sealed class SourceAccessCasesTests
{
    public static TheoryData<string> Platforms => CaseFile.Pull.Ids("platform-access");

    public static TheoryData<string> Installers => CaseFile.Pull.Ids("installer-access");

    public static TheoryData<string, string> Databases => CaseFile.Pull.Rows("security-access");

    public static TheoryData<string> Optional => CaseFile.Pull.Ids("pull-set");

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task A_platform_can_be_pulled_where_d8_can(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string? tag = SpecCase.Text(spec.Input, "deckhouse_tag");
        SketchedSource source = new();
        source.Platform("v1.68.0");
        foreach (string channel in SpecCase.Strings(spec.Input, "release_channel_tags"))
        {
            source.Release(SketchedSource.Channels, channel, "v1.68.0");
        }

        foreach (string root in SpecCase.Strings(spec.Input, "root_tags"))
        {
            source.Build(root);
        }

        await using TestRegistry registry = await source.StartAsync();
        Break(registry, spec, SketchedSource.Channels);
        CaseOutcome outcome = await CaseOutcome.OfAsync(
            registry, MirrorComponents.Platform, settings => settings with { DeckhouseTag = tag }, "0.33");

        string[] names =
        [
            .. SpecCase.Strings(spec.Expected, "names"),
            .. SpecCase.Strings(spec.Expected, "available"),
            .. SpecCase.Any(spec.Expected, "status") is { } status ? [status] : Array.Empty<string>(),
        ];
        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Expected, "error_kind") is { } kind ? $"{kind} {string.Join(' ', names)}" : "ok",
            Access(outcome, names, tag is not null));
    }

    [Theory]
    [MemberData(nameof(Installers))]
    public async Task An_installer_that_cannot_be_had_is_a_warning_where_it_is_one_in_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        source.Image("r/installer", spec.Input.TryGetProperty("tags", out _) ? ["other"] : ["latest"]);
        DrawDatabases(source, ["security/trivy-db:2"]);
        await using TestRegistry registry = await source.StartAsync();
        Break(registry, spec, "r");
        CaseOutcome outcome = await CaseOutcome.OfAsync(
            registry, MirrorComponents.Installer | MirrorComponents.SecurityDb, d8: "0.33");

        Assert.True(spec.Expected.GetProperty("ok").GetBoolean());
        CaseFile.Check(
            spec,
            "warning",
            outcome.Plan is not { } plan ? outcome.Faults[0].Code
            : plan.Archives().Contains("installer.tar") ? "archive"
            : plan.Notes.Any(note => note.Message.Contains("installer", StringComparison.Ordinal)) ? "warning" : "ok");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Security_databases_are_there_where_d8_finds_them(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        source.Image("r/installer", ["latest"]);
        DrawDatabases(source, SpecCase.Strings(spec.Input, "tags"));
        await using TestRegistry registry = await source.StartAsync();
        Break(registry, spec, SketchedSource.Edition);
        CaseOutcome outcome = await CaseOutcome.OfAsync(
            registry, MirrorComponents.Installer | MirrorComponents.SecurityDb, d8: d8);

        CaseFile.Check(
            spec,
            spec.Expected.TryGetProperty("error", out _) ? "error" : SpecCase.Any(spec.Expected, "archive")!,
            outcome.Plan is not { } plan ? "error"
            : plan.Archives().Contains("security.tar") ? "security.tar"
            : plan.NoteCodes().Contains(FaultCode.NoSecurityDatabases) ? "null" : "silent",
            d8);
    }

    [Theory]
    [MemberData(nameof(Optional))]
    public async Task An_image_that_may_be_missing_is_skipped_where_d8_skips_it(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        source.Platform("v1.69.0");
        source.Content.Repository($"{SketchedSource.Edition}/install-standalone").RemoveTag("v1.69.0");
        await using TestRegistry registry = await source.StartAsync();
        string how = SpecCase.Text(spec.Input, "lookup_error")!;
        RequestGate gate = new();
        if (how != "not-found")
        {
            registry.Faults.Add(
                request => request.IsManifest($"{SketchedSource.Edition}/install-standalone"),
                how == "500" ? new RegistryFault { Status = 500 } : new RegistryFault { Gate = gate });
        }

        CaseFile.Check(
            spec,
            spec.Expected.GetProperty("ok").GetBoolean() ? "skipped" : SpecCase.Text(spec.Expected, "error")!,
            how == "cancelled" ? await CancelAsync(registry, gate) : await SkipAsync(registry));
    }

    private static string Access(CaseOutcome outcome, string[] names, bool isNamed)
    {
        string kind = outcome.Plan is null ? PlatformSketch.KindOf(outcome.Faults[0], isNamed) : "ok";

        // Whether all channels are there is no matter of access.
        return kind is "ok" or "discovery.channels-missing"
            ? "ok"
            : $"{kind} {string.Join(' ', names.Where(name =>
                outcome.Faults[0].Message.Contains(name, StringComparison.Ordinal)))}";
    }

    private static async Task<string> SkipAsync(TestRegistry registry)
    {
        CaseOutcome outcome = await CaseOutcome.OfAsync(
            registry, MirrorComponents.Platform, settings => settings with { DeckhouseTag = "v1.69.0" }, "0.33");
        return outcome.Plan is null ? outcome.Faults[0].Code
            : outcome.Plan.NoteCodes().Contains(FaultCode.OptionalImageMissing) ? "skipped" : "silent";
    }

    private static async Task<string> CancelAsync(TestRegistry registry, RequestGate gate)
    {
        using CancellationTokenSource user = new();
        Task<CaseOutcome> run = CaseOutcome.OfAsync(
            registry,
            MirrorComponents.Platform,
            settings => settings with { DeckhouseTag = "v1.69.0" },
            "0.33",
            user.Token);
        await gate.Reached.WaitAsync(TestContext.Current.CancellationToken);
        await user.CancelAsync();
        return await Record.ExceptionAsync(() => run) is OperationCanceledException ? "cancelled" : "finished";
    }

    private static void DrawDatabases(SketchedSource source, IEnumerable<string> references)
    {
        foreach (string[] parts in references.Select(reference => reference.Split(':')))
        {
            source.Image($"{SketchedSource.Edition}/{parts[0]}", [parts[1]]);
        }
    }

    /// <summary>Failures of a case are by tag, or by repository and tag below <paramref name="root"/>.</summary>
    private static void Break(TestRegistry registry, SpecCase spec, string root)
    {
        if (!spec.Input.TryGetProperty("failures", out JsonElement failures))
        {
            return;
        }

        foreach (JsonProperty failure in failures.EnumerateObject())
        {
            string[] parts = failure.Name.Split(':');
            string repository = parts.Length == 1 ? root : $"{root}/{parts[0]}";
            registry.Faults.Add(
                request => request.IsManifest(repository, parts[^1]),
                new RegistryFault { Status = failure.Value.GetInt32() });
        }
    }
}
