using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Seeded;

namespace Mirror.TestKit.Commands;

/// <summary>The options that say what a registry is to hold.</summary>
internal static class SourceChoice
{
    public const string HasDeckhouseCli = "--deckhouse-cli";

    public static readonly string[] Names =
        ["--source", "--seed", "--size", "--references", "--shared", "--modules", "--database-layers"];

    public const string Help =
        """
            --source mini|seeded    the miniature source (default), or one generated from a seed
            --seed N                seed of the generated source (1)
            --size 200MB            bytes of its large layers
            --references N          number of its tags and untagged images (200)
            --shared 0.6            share of its layers that are common
            --modules N             number of its modules (4)
            --database-layers SIZES layers of one more image, of any size: 10GB,256MB,256MB
            --deckhouse-cli         the Deckhouse CLI and the plugins of the platform as well
        """;

    public static ContentSet Load(CommandOptions options) => options.Has(HasDeckhouseCli)
        ? MiniDeckhouseCli.AddTo(LoadSource(options))
        : LoadSource(options);

    private static ContentSet LoadSource(CommandOptions options)
    {
        switch (options.Text("--source") ?? "mini")
        {
            case "mini":
                return DeckhouseMini.Load();
            case "seeded":
                var fallback = new SeededSourceOptions();
                return SeededSource.Create(new SeededSourceOptions
                {
                    Seed = options.Number("--seed", fallback.Seed),
                    TotalBytes = options.Size("--size", fallback.TotalBytes),
                    References = options.Number("--references", fallback.References),
                    SharedShare = options.Share("--shared", fallback.SharedShare),
                    Modules = options.Number("--modules", fallback.Modules),
                    DatabaseLayers = options.Sizes("--database-layers"),
                }).Content;
            case var other:
                throw new UsageException($"--source is mini or seeded, not {other}");
        }
    }
}
