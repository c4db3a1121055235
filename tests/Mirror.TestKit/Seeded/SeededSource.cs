using Mirror.TestKit.Content;

namespace Mirror.TestKit.Seeded;

/// <summary>
/// A complete edition of any size made out of a seed, in the shape of docs/behaviour/pull.md#repositories-and-tags.
/// Large layers are opaque bytes and lie below the small layers with metadata: a reader that looks for a file from the
/// top never needs one, and one that does gets an error instead of a slow success.
/// </summary>
public sealed class SeededSource
{
    /// <summary>The edition.</summary>
    public const string Root = "deckhouse/ee";

    /// <summary>The installer hangs off the root without the edition.</summary>
    public const string Installer = "deckhouse/installer";

    private SeededSource(SeededSourceOptions options, ContentSet content)
    {
        Options = options;
        Content = content;
    }

    /// <summary>What it was made of.</summary>
    public SeededSourceOptions Options { get; }

    /// <summary>What a registry serves.</summary>
    public ContentSet Content { get; }

    /// <summary>The names of the modules.</summary>
    public IReadOnlyList<string> Modules => [.. Enumerable.Range(0, Options.Modules).Select(ModuleName)];

    /// <summary>Makes the source. Takes the time to hash <see cref="SeededSourceOptions.TotalBytes"/> once.</summary>
    /// <exception cref="ArgumentException">Too few references or bytes for what else is asked for.</exception>
    public static SeededSource Create(SeededSourceOptions options)
    {
        var shape = new SeededShape(options);
        var deck = new LayerDeck(options, shape);
        var content = new ContentSet();
        new PlatformWriter(content, shape, deck).Write();
        new ModuleWriter(content, deck).Write(options.Modules);
        foreach (var (name, tag) in new[] { ("db", "2"), ("bdu", "1"), ("java-db", "1"), ("checks", "0") })
        {
            var repository = content.Repository($"{Root}/security/trivy-{name}");
            ImageWriter.Add(repository, ImageKind.Trivy, name, [deck.NextUnique()], tag);
        }

        if (options.DatabaseLayers.Count > 0)
        {
            var layers = options.DatabaseLayers.Select(
                (size, index) => new SeededBlob(SeededBytes.Word((ulong)options.Seed, (ulong)index), size));
            ImageWriter.Add(
                content.Repository($"{Root}/security/trivy-db"), ImageKind.Trivy, "large", [.. layers], "2");
        }

        deck.EnsureAllDealt();
        return new SeededSource(options, content);
    }

    internal static string ModuleName(int index) => $"module-{index:D2}";
}
