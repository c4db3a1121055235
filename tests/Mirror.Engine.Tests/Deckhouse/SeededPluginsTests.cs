using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// The plugins of the platform and those named like a command of d8, over sources out of a seed: any repository may be
/// missing or denied, any version a pre-release, broken, or for another platform.
/// </summary>
public sealed class SeededPluginsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 80)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_platform_brings_the_newest_versions_that_fit_with_what_they_depend_on(int seed)
    {
        DrawnPlugins drawn = new(seed);
        ExpectedPlugins expected = ExpectedPlugins.OfPlatform(drawn);

        ResolvedParts parts = await ResolveAsync(drawn);

        Assert.Equal(expected.Selected, Selected(parts));
        DemandNotes(expected, parts);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_built_in_command_is_the_fallback_of_a_plugin_that_cannot_be_pulled(int seed)
    {
        DrawnPlugins drawn = new(seed);
        ExpectedPlugins expected = ExpectedPlugins.WithIncluded(drawn);
        if (expected.Fault is { } code)
        {
            MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(
                () => ResolveAsync(drawn, DrawnPlugins.Included));
            Assert.Equal(code, Assert.Single(refusal.Faults).Code);
            return;
        }

        ResolvedParts parts = await ResolveAsync(drawn, DrawnPlugins.Included);

        Assert.Equal(expected.Selected, Selected(parts));
        DemandNotes(expected, parts);
    }

    private static void DemandNotes(ExpectedPlugins expected, ResolvedParts parts)
    {
        Assert.Equal(expected.BuiltIn, BuiltIn(parts));
        Assert.Equal(
            expected.LeftOut,
            parts.Notes.Where(note => note.Code == FaultCode.PlatformPluginLeftOut).Select(Quoted));
        Assert.All(expected.Denied, name => Assert.Contains(parts.Notes, note =>
            note.Code == FaultCode.PluginUnreadable
            && note.Message.Contains($"{SketchedPlugins.Root}/{name} ", StringComparison.Ordinal)));
    }

    /// <summary>The first name that a note quotes.</summary>
    private static string Quoted(Fault note) => note.Message.Split('\'')[1];

    /// <summary>The notes of built-in commands, as <c>plugin tag: command</c>.</summary>
    private static IEnumerable<string> BuiltIn(ResolvedParts parts) => parts.Notes
        .Where(note => note.Code == FaultCode.BuiltInInstead)
        .Select(note => $"{note.Message.Split("CLI plugin ")[1].Split(" depends")[0]}: {Quoted(note)}")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Selected(ResolvedParts parts) =>
        parts.Archives.SelectMany(archive => archive.Layouts[0].Images.Select(
            image => $"{archive.Name["plugin-".Length..^".tar".Length]}:{image.Tag}"));

    private static async Task<ResolvedParts> ResolveAsync(DrawnPlugins drawn, params string[] rules)
    {
        await using PluginSource source = await PluginSource.StartAsync(Draw(drawn));
        drawn.Deny(source.Registry);
        return await source.ResolveAsync(Settings(rules), Chosen(drawn));
    }

    private static SketchedSource Draw(DrawnPlugins drawn)
    {
        SketchedSource sketch = new();
        drawn.DrawInto(sketch);
        return sketch;
    }

    private static ImmutableArray<ChosenVersion> Chosen(DrawnPlugins drawn) =>
        [.. drawn.PlatformTags.Select(tag => new ChosenVersion(ChosenVersion.Platform, "", tag))];

    private static MirrorPullSettings Settings(params string[] rules) => SettingsTexts.Check(
        SettingsTexts.Valid with { IncludePlugins = [.. rules.Select(ModuleRule.FromString)] }).Settings;
}
