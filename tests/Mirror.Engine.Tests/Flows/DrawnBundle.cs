using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Registry;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The archives of a bundle out of a random number generator, and every tag in them.</summary>
internal sealed class DrawnBundle
{
    private readonly List<(string Path, string Tag)> _tags = [];
    private readonly Dictionary<string, DrawnArchive> _archives = new(StringComparer.Ordinal);

    /// <param name="random">Where it comes from.</param>
    /// <param name="label">What its images contain: other labels make other images under the same tags.</param>
    public DrawnBundle(Random random, string label)
    {
        string[] names = ["console", "a-b", "x9"];
        Add(random, label, "platform.tar", ("", "v1.70.2"), ("install", "v1.70.2"), ("release-channel", "v1.70.2"));
        Add(random, label, "installer.tar", ("installer", "latest"));
        Add(random, label, "deckhouse-cli.tar", ("deckhouse-cli", "v0.34.0"));
        Add(random, label, "security.tar", ("security/trivy-db", "2"));
        foreach (string name in names)
        {
            string plugin = $"deckhouse-cli/plugins/{name}";
            Add(random, label, $"plugin-{name}.tar", (plugin, "v1.0.0"));
            string module = $"modules/{name}";
            Add(random, label, $"module-{name}.tar", (module, "v1.2.0"), ($"{module}/release", "v1.2.0"));
            Add(random, label, $"package-{name}.tar", ($"packages/{name}", "v2.0.1"));
        }
    }

    /// <summary>The names of the archives.</summary>
    public IReadOnlyCollection<string> Archives => _archives.Keys;

    /// <summary>The path of each layout with a tag in it.</summary>
    public IReadOnlyList<(string Path, string Tag)> Tags => _tags;

    public bool Has(string archive) => _archives.ContainsKey(archive);

    /// <summary>Writes it into a folder.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, DrawnArchive archive) in _archives)
        {
            archive.Write(Path.Combine(folder, name));
        }
    }

    /// <summary>
    /// The references that a push writes, in ordinal order: every tag, and for each item of a catalogue its name.
    /// </summary>
    /// <param name="target">The path of the target.</param>
    /// <param name="root">Where the installer, the CLI and its plugins go.</param>
    public IEnumerable<string> References(string target, string root) => _tags
        .SelectMany(tag => (string[])
        [
            $"{Join(tag.Path.Split('/')[0] is "installer" or "deckhouse-cli" ? root : target, tag.Path)}:{tag.Tag}",
            .. tag.Path.Split('/') is ["deckhouse-cli", "plugins", var plugin]
                ? (string[])[$"{root}/deckhouse-cli/plugins:{plugin}"]
                : [],
            .. tag.Path.Split('/') is ["modules" or "packages", var item]
                ? (string[])[$"{target}/{tag.Path.Split('/')[0]}:{item}"]
                : [],
        ])
        .Order(StringComparer.Ordinal);

    /// <summary>The references that a registry has, in ordinal order.</summary>
    public static IEnumerable<string> Published(TestRegistry registry) => registry.Dump()
        .Where(image => image.Tag is not null).Select(image => $"{image.Repository}:{image.Tag}")
        .Order(StringComparer.Ordinal);

    private static string Join(string root, string path) => path.Length == 0 ? root : $"{root}/{path}";

    /// <summary>Two archives of three; and the first one if there would be none.</summary>
    private void Add(Random random, string label, string name, params (string Path, string Tag)[] layouts)
    {
        if (random.Next(3) == 0 && _archives.Count > 0)
        {
            return;
        }

        DrawnArchive archive = new();
        foreach ((string path, string tag) in layouts)
        {
            archive.Layout(path.Length == 0 ? "" : $"{path}/", (tag, $"{label} {path}"));
            _tags.Add((path, tag));
        }

        _archives.Add(name, archive);
    }
}
