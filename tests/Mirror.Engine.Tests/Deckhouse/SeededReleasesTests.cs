using System.Collections.Immutable;
using Mirror.Engine.Tests.Flows;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Releases out of a seed that lack any of their images: the run says which, and never breaks.</summary>
public sealed class SeededReleasesTests
{
    private static readonly ImmutableArray<string> Channels = ["alpha", "beta", "early-access", "stable", "rock-solid"];

    private static readonly ImmutableArray<string> Repositories =
    [
        SketchedSource.Edition, $"{SketchedSource.Edition}/install", $"{SketchedSource.Edition}/install-standalone",
        SketchedSource.Channels,
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_release_without_an_image_that_it_needs_is_refused_by_name(int seed)
    {
        (SketchedSource source, string[] missing) = Draw(seed);
        string[] needed = [.. missing.Where(IsNeeded)];
        await using SketchRun run = await SketchRun.StartAsync(source);

        if (needed.Length > 0)
        {
            IReadOnlyList<Fault> faults = await run.RefusedAsync(MirrorComponents.Platform);
            Assert.NotEmpty(faults);
            Assert.All(faults, fault => Assert.Equal(FaultCode.ReleaseIncomplete, fault.Code));
            Assert.All(faults, fault => Assert.Contains(
                needed, name => fault.Message.Contains($"{name} ", StringComparison.Ordinal)));
            return;
        }

        MirrorPlan plan = await run.PlanAsync(MirrorComponents.Platform);

        Assert.Equal(5, plan.Tags("platform.tar", "install").Length);
        Assert.Equal(
            missing.Select(_ => FaultCode.OptionalImageMissing), plan.Notes.Select(note => note.Code));
        Assert.All(missing, name => Assert.Contains(
            plan.Notes, note => note.Message.Contains($"{name} ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_one_release_that_is_named_is_refused_without_its_installer_too(int seed)
    {
        (SketchedSource source, string[] missing) = Draw(seed);
        string tag = $"v1.{68 + (seed % 5)}.{seed}";
        string[] own = [.. missing.Where(name => name.EndsWith(tag, StringComparison.Ordinal))];
        await using SketchRun run = await SketchRun.StartAsync(source);
        MirrorPullSettings Change(MirrorPullSettings settings) => settings with { DeckhouseTag = tag };
        string? code = own.Contains($"{Repositories[0]}:{tag}") ? FaultCode.TagMissing
            : own.Contains($"{Repositories[1]}:{tag}") ? FaultCode.ReleaseIncomplete
            : null;

        if (code is not null)
        {
            Assert.Equal(code, Assert.Single(await run.RefusedAsync(MirrorComponents.Platform, Change)).Code);
            return;
        }

        MirrorPlan plan = await run.PlanAsync(MirrorComponents.Platform, Change);

        Assert.Equal([tag], plan.Tags("platform.tar", "install"));
        Assert.Equal(
            own.Select(name => name.StartsWith(SketchedSource.Channels, StringComparison.Ordinal)
                ? FaultCode.ChannelsNotPublished
                : FaultCode.OptionalImageMissing).Order(StringComparer.Ordinal),
            plan.NoteCodes());
    }

    [Fact]
    public void The_seeds_reach_every_image_and_sources_that_lack_none()
    {
        string[][] all = [.. Seeds.Select(row => Draw(row.Data).Missing)];

        Assert.All(Repositories, repository => Assert.InRange(
            all.Count(missing => missing.Any(name => name.StartsWith($"{repository}:", StringComparison.Ordinal))),
            4,
            all.Length - 4));
        Assert.InRange(all.Count(missing => !missing.Any(IsNeeded)), 4, all.Length - 4);
    }

    private static bool IsNeeded(string name) =>
        !name.StartsWith($"{Repositories[2]}:", StringComparison.Ordinal);

    /// <summary>One release for each channel; some lack an image.</summary>
    private static (SketchedSource Source, string[] Missing) Draw(int seed)
    {
        Random random = new(seed);
        SketchedSource source = new();
        List<string> missing = [];
        int odds = random.Next(8, 40);
        foreach ((int index, string channel) in Channels.Index())
        {
            string tag = $"v1.{72 - index}.{seed}";
            source.Platform(tag);
            source.Release(SketchedSource.Channels, channel, tag);
            foreach (string repository in Repositories.Where(_ => random.Next(odds) == 0))
            {
                source.Content.Repository(repository).RemoveTag(tag);
                missing.Add($"{repository}:{tag}");
            }
        }

        return (source, [.. missing]);
    }
}
