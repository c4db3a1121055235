using System.Collections.Immutable;
using Mirror.Engine.Events;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// What planning a sketched source came to: a plan, or faults. Pauses between attempts are not waited for.
/// </summary>
internal sealed record CaseOutcome(MirrorPlan? Plan, ImmutableArray<Fault> Faults)
{
    /// <summary>Plans by the rules of a d8 version.</summary>
    public static async Task<CaseOutcome> OfAsync(
        TestRegistry registry,
        MirrorComponents components,
        Func<MirrorPullSettings, MirrorPullSettings>? change = null,
        string d8 = "0.25.2",
        CancellationToken? cancellationToken = null)
    {
        using TemporaryFolder folder = new();
        MirrorPullSettings settings = new()
        {
            Source = new RegistryEndpoint($"{registry.Host}/{SketchedSource.Edition}"),
            Insecure = true,
            BundleDirectory = folder.FullName,
            Components = components,
        };
        EngineParts parts = new(new RunEnvironment([]), TimeProvider.System)
        {
            CreateRandom = static () => new NoPause(),
        };
        CheckedPullSettings order = SettingsCheck.Check(change?.Invoke(settings) ?? settings, parts.Environment);
        order = order with { Settings = order.Settings with { SelectionRules = RulesOf(d8) } };
        EventSink events = new(null);
        using SourceSession session = new(
            order.Source, order.Settings.TmpDirectory!, order.Settings.BundleDirectory, parts, events);
        try
        {
            var (plan, _) = await new PlanFlow(parts, events).PlanAsync(
                order,
                null,
                [],
                session,
                new WarningLog(events),
                cancellationToken ?? TestContext.Current.CancellationToken);
            return new CaseOutcome(plan, []);
        }
        catch (MirrorException failure)
        {
            return new CaseOutcome(null, failure.Faults);
        }
    }

    /// <summary>The rules that a d8 version goes by.</summary>
    public static SelectionRules RulesOf(string d8) => d8 == "0.33" ? SelectionRules.V033 : SelectionRules.V025;

    private sealed class NoPause : Random
    {
        public override double NextDouble() => 0;
    }
}
