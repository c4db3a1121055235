using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Resolves the vulnerability databases (docs/behaviour/pull.md#security-databases): four repositories with one tag
/// each. An edition without the main one has none; of the others each may be missing.
/// </summary>
internal sealed class SecurityResolver(DeckhouseSource source)
{
    private const string Gate = "trivy-db";

    public async Task<ResolvedParts> ResolveAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<(string Name, string Tag, ImageContent? Image)> databases = await ParallelLookup.SelectAsync(
            RegistryTree.SecurityDatabases,
            async (database, token) => (database.Name, database.Tag, Image: await source.FindAsync(
                source.Tree.SecurityDatabase(database.Name), database.Tag, "security database", token)
                .ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        if (databases.Any(database => database is { Name: Gate, Image: null }))
        {
            return ResolvedParts.OnlyNote(DeckhouseFaults.NoSecurityDatabases(
                databases.Where(database => database.Name == Gate).Select(ReferenceOf).Single(),
                databases.Where(database => database.Image is not null).Select(ReferenceOf)));
        }

        return ResolvedParts.Create(
            new ArchiveContent("security.tar", [.. databases.Select(database => new LayoutContent(
                $"security/{database.Name}", database.Image is null ? [] : [database.Image]))]),
            databases.Where(database => database.Image is null).Select(database =>
                DeckhouseFaults.OptionalMissing(ReferenceOf(database), "security database")));
    }

    private string ReferenceOf((string Name, string Tag, ImageContent? Image) database) =>
        $"{source.Name(source.Tree.SecurityDatabase(database.Name))}:{database.Tag}";
}
