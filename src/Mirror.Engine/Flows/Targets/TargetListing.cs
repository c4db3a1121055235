using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows.Targets;

/// <summary>
/// Finds what a target has by its lists of tags: the repositories of an edition, and those of the modules, packages and
/// plugins whose names it lists. No registry has a list of all repositories that can be relied on.
/// </summary>
/// <param name="order">The target.</param>
/// <param name="client">Reads it.</param>
/// <param name="readExtras">
/// Reads which extra images a version of a module or package names, by repository and tag; empty: none, or it cannot
/// be read.
/// </param>
internal sealed class TargetListing(
    CheckedPushSettings order,
    RegistryClient client,
    Func<string, string, CancellationToken, Task<ImmutableArray<string>>> readExtras)
{
    private const string Modules = "modules";
    private const string Packages = "packages";

    private readonly TargetTree _tree = new(order.Target, order.BareRoot);

    /// <summary>The tags of images by path.</summary>
    /// <exception cref="MirrorException">The target does not list tags.</exception>
    public async Task<ImmutableArray<(string Path, string Tag)>> ListAsync(CancellationToken cancellationToken)
    {
        List<string> paths =
        [
            "install", "install-standalone", "release-channel", "installer", RegistryTree.DeckhouseCliPath,
            .. RegistryTree.SecurityDatabases.Select(database => $"security/{database.Name}"),
        ];
        ImmutableArray<string> root = await TagsOfAsync("", cancellationToken).ConfigureAwait(false);
        bool isShared = _tree.RepositoryOf(Modules) == _tree.RepositoryOf("");
        List<(string Path, string Tag)> found =
            [.. root.Where(tag => !isShared || IsOfEdition(tag)).Select(tag => ("", tag))];
        foreach ((string catalogue, string releases) in new[] { (Modules, "release"), (Packages, "version") })
        {
            IEnumerable<string> names = catalogue == Modules && isShared
                ? root.Where(tag => !IsOfEdition(tag))
                : await TagsOfAsync(catalogue, cancellationToken).ConfigureAwait(false);
            string[] items = [.. names.Where(IsName).Select(name => $"{catalogue}/{name}")];
            paths.AddRange(items.Select(item => $"{item}/{releases}"));
            found.AddRange((await ParallelLookup.SelectAsync(items, ItemAsync, cancellationToken)
                .ConfigureAwait(false)).SelectMany(tags => tags));
        }

        paths.AddRange((await TagsOfAsync(RegistryTree.PluginsPath, cancellationToken).ConfigureAwait(false))
            .Where(IsName).Select(name => $"{RegistryTree.PluginsPath}/{name}"));
        found.AddRange((await ParallelLookup.SelectAsync(
            paths,
            async (path, token) => (await TagsOfAsync(path, token).ConfigureAwait(false)).Select(tag => (path, tag)),
            cancellationToken).ConfigureAwait(false)).SelectMany(tags => tags));
        return [.. found.Where(image => !TargetSide.IsAdded(image.Path, image.Tag)).Distinct()];
    }

    /// <summary>A module or package with its extra images.</summary>
    private async Task<ImmutableArray<(string Path, string Tag)>> ItemAsync(
        string path, CancellationToken cancellationToken)
    {
        ImmutableArray<string> tags = await TagsOfAsync(path, cancellationToken).ConfigureAwait(false);
        List<(string Path, string Tag)> found = [.. tags.Select(tag => (path, tag))];
        SortedSet<string> extras = new(StringComparer.Ordinal);
        foreach (string tag in tags.Where(tag => !IsDigest(tag) && !Attestations.IsTag(tag)))
        {
            extras.UnionWith(await readExtras(_tree.RepositoryOf(path), tag, cancellationToken).ConfigureAwait(false));
        }

        foreach (string extra in extras.Select(name => $"{path}/extra/{name}"))
        {
            found.AddRange((await TagsOfAsync(extra, cancellationToken).ConfigureAwait(false))
                .Select(tag => (extra, tag)));
        }

        return [.. found];
    }

    private async Task<ImmutableArray<string>> TagsOfAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await client.FindTagsAsync(_tree.RepositoryOf(path), cancellationToken).ConfigureAwait(false) ?? [];
        }
        catch (MirrorException failure)
        {
            throw new MirrorException(
                [.. failure.Faults.Select(fault => fault with
                {
                    Advice = $"{fault.QuotableAdvice} If the target cannot list tags, name the lock or bundle that it "
                        + $"was filled from: {SettingName.LockFile} or {SettingName.BundleDirectory}.",
                })],
                failure);
        }
    }

    private static bool IsName(string tag) =>
        RepositoryName.IsValid(tag) && !tag.Contains('/', StringComparison.Ordinal);

    private static bool IsOfEdition(string tag) => RegistryTree.IsEditionTag(tag) || IsDigest(tag);

    /// <summary>The tag of an image that is named by digest.</summary>
    private static bool IsDigest(string tag) => tag.Length == 64 && tag.All(char.IsAsciiHexDigitLower);
}
