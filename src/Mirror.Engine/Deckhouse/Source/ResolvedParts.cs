using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>What one component of the source came to: its archives, and what was looked for and is absent.</summary>
internal sealed record ResolvedParts(ImmutableArray<ArchiveContent> Archives, ImmutableArray<Fault> Notes)
{
    /// <summary>The versions it took, which decide over CLI plugins.</summary>
    public ImmutableArray<ChosenVersion> Chosen { get; init; } = [];

    /// <summary>The platform's channels and the tag of the release that each stands for in the bundle.</summary>
    public ImmutableArray<(string Channel, string Tag)> Channels { get; init; } = [];

    public ImmutableArray<PlannedFile> Files { get; init; } = [];

    public static ResolvedParts Nothing { get; } = new([], []);

    public static ResolvedParts Create(ArchiveContent archive, IEnumerable<Fault> notes) => new([archive], [.. notes]);

    public static ResolvedParts OnlyNote(Fault note) => new([], [note]);

    public static ResolvedParts Merge(IReadOnlyCollection<ResolvedParts> parts) =>
        new([.. parts.SelectMany(part => part.Archives)], [.. parts.SelectMany(part => part.Notes)])
        {
            Chosen = [.. parts.SelectMany(part => part.Chosen)],
            Channels = [.. parts.SelectMany(part => part.Channels)],
            Files = [.. parts.SelectMany(part => part.Files)],
        };
}

/// <param name="Kind"><c>platform</c>, or the kind of a catalogue: <c>module</c>, <c>package</c>.</param>
/// <param name="Name">The module or package; empty for the platform.</param>
/// <param name="Tag">Its tag, which need not spell a version.</param>
internal sealed record ChosenVersion(string Kind, string Name, string Tag)
{
    public const string Platform = "platform";
    public const string Module = "module";
}
