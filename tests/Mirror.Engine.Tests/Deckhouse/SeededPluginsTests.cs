using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Tests.Settings;
using Mirror.TestKit.Registry;
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

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Behind_a_proxy_registry_only_exact_versions_come_and_the_rest_is_reported(int seed)
    {
        DrawnPlugins drawn = new(seed);
        Random random = new(seed);
        (string Name, DrawnPluginVersion Version)[] pins = [.. drawn.Plugins
            .Where(plugin => plugin.Visible.Any(version => !version.IsBroken) && random.Next(2) == 0)
            .Select(plugin => (plugin.Name, plugin.Visible.First(version => !version.IsBroken)))];
        (string Pin, string Name)[] unmet = [.. pins.SelectMany(
            pin => pin.Version.Needs.Where(need => !pins.Any(other => other.Name == need.Name
                && (need.AtLeast is not { } atLeast
                    || (!other.Version.IsPrerelease && other.Version.Number.CompareTo(atLeast) >= 0)))),
            (pin, need) => ($"{pin.Name} {pin.Version.Tag}", need.Name))];
        int refused = unmet.Where(one => !ExpectedPlugins.IsBuiltIn(one.Name)).DistinctBy(one => one.Pin).Count();
        await using PluginSource source = await PluginSource.StartAsync(Draw(drawn));
        Task<ResolvedParts> ResolvePinsAsync() => source.ResolveAsync(
            Settings([.. pins.Select(pin => $"{pin.Name}@={pin.Version.Tag}")]) with { ProxyRegistry = true },
            Chosen(drawn));

        if (refused > 0)
        {
            MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(ResolvePinsAsync);
            Assert.Equal(
                Enumerable.Repeat(FaultCode.PluginUnusable, refused), refusal.Faults.Select(fault => fault.Code));
            return;
        }

        ResolvedParts parts = await ResolvePinsAsync();

        Assert.Equal(
            pins.Select(pin => $"{pin.Name}:{pin.Version.Tag}").Order(StringComparer.Ordinal), Selected(parts));
        Assert.Equal(unmet.Select(one => $"{one.Pin}: {one.Name}").Order(StringComparer.Ordinal), BuiltIn(parts));
        Fault[] unnamed = [.. parts.Notes.Where(note => note.Code == FaultCode.PlatformPluginLeftOut)];
        Assert.Equal(
            (drawn.PlatformTags.Any() ? (string[])["package", "system"] : []).Except(pins.Select(pin => pin.Name)),
            unnamed.Select(Quoted));
        Assert.All(unnamed, note => Assert.Contains($"{Quoted(note)}@=v1.2.3", note.Advice, StringComparison.Ordinal));
        Assert.Empty(source.Registry.Requests.TagLists());
    }

    [Fact]
    public void The_seeds_reach_every_corner()
    {
        DrawnPlugins[] all = [.. Seeds.Select(row => new DrawnPlugins(row.Data))];
        ExpectedPlugins[] platforms = [.. all.Select(ExpectedPlugins.OfPlatform)];
        ExpectedPlugins[] included = [.. all.Select(ExpectedPlugins.WithIncluded)];

        int[] counts =
        [
            platforms.Count(one => one.LeftOut.Count > 0),
            platforms.Count(one => one.Denied.Count > 0),
            platforms.Count(one => one.BuiltIn.Any()),
            platforms.Count(one => one.Selected.Any(name => name.StartsWith("base", StringComparison.Ordinal))),
            platforms.Zip(all).Count(one => one.Second.PlatformTags.Any() && ((string[])["package", "system"]).Any(
                name => one.First.Selected.Any(taken => taken.StartsWith(name, StringComparison.Ordinal)
                    && taken != $"{name}:{one.Second[name].Visible.MaxBy(version => version.Number)!.Tag}"))),
            included.Count(one => one.Fault is null && one.BuiltIn.Any()),
            included.Count(one => one.Selected.Any(name => name.StartsWith("delivery-kit", StringComparison.Ordinal))),
            .. ((string[])[FaultCode.PluginMissing, FaultCode.PluginUnusable, FaultCode.Forbidden])
                .Select(code => included.Count(one => one.Fault == code)),
        ];

        Assert.All(counts, count => Assert.InRange(count, 3, all.Length - 3));
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
        SettingsTexts.Valid with { IncludePlugins = [.. rules.Select(ComponentRule.FromString)] }).Settings;
}
