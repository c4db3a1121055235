using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Form and content of a bundle of d8 0.25.2 (docs/bundle-format.md), made of what was resolved for a path-preserving
/// one: modules and databases without prefix, an <c>extra</c> layout in every module, channel tags in all four layouts
/// of the platform. Nothing more is asked for: a channel stands for the release that was read from it.
/// </summary>
internal static class LegacyBundle
{
    private static readonly ImmutableArray<string> WithoutChannels = ["", "install", "install-standalone"];

    /// <summary>The settings of what the form can hold.</summary>
    public static MirrorPullSettings Restrict(MirrorPullSettings settings) =>
        settings with { Components = settings.Components & LegacyCheck.Parts };

    /// <summary>Turns what <see cref="Restrict"/>ed settings resolved into that form.</summary>
    public static ResolvedParts Convert(ResolvedParts parts, MirrorComponents asked)
    {
        MirrorComponents left = asked & ~LegacyCheck.Parts;
        return parts with
        {
            Archives = [.. parts.Archives.Select(archive => Convert(archive, parts.Channels))],
            Notes = left == MirrorComponents.None
                ? parts.Notes
                : [DeckhouseFaults.NotInLegacyForm(left), .. parts.Notes],
        };
    }

    private static ArchiveContent Convert(
        ArchiveContent archive, ImmutableArray<(string Channel, string Tag)> channels) =>
        archive.Layouts[0].Path.Split('/') switch
        {
            ["modules", _, ..] => Module(archive),
            ["security", ..] => archive with { Layouts = WithoutPrefix(archive, 1) },
            _ => archive with { Layouts = [.. archive.Layouts.Select(layout => WithChannels(layout, channels))] },
        };

    private static ArchiveContent Module(ArchiveContent archive) => archive with
    {
        Layouts = [.. WithoutPrefix(archive, 2), new LayoutContent("extra", [])],
        IsKeptEmpty = true,
    };

    private static ImmutableArray<LayoutContent> WithoutPrefix(ArchiveContent archive, int parts) =>
    [
        .. archive.Layouts.Select(
            layout => layout with { Path = string.Join('/', layout.Path.Split('/').Skip(parts)) }),
    ];

    private static LayoutContent WithChannels(
        LayoutContent layout, ImmutableArray<(string Channel, string Tag)> channels) =>
        !WithoutChannels.Contains(layout.Path) ? layout : layout with
        {
            Images =
            [
                .. layout.Images,
                .. from channel in channels
                   from image in layout.Images
                   where image.Tag == channel.Tag
                   select image with { Tag = channel.Channel, Reason = $"channel {channel.Channel}, as {channel.Tag}" },
            ],
        };
}
