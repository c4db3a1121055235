using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Deckhouse.Catalogue;

/// <summary>One module or package by name: where its parts are at the source, and in a bundle.</summary>
internal sealed record CatalogueItem(CatalogueKind Catalogue, string Name)
{
    public string Repository => RepositoryName.Join(Catalogue.Root, Name);

    public string Releases => RepositoryName.Join(Catalogue.Root, Name, Catalogue.ReleaseSegment);

    public string Archive => $"{Catalogue.Kind}-{Name}.tar";

    public string Layout => $"{Catalogue.BundleRoot}/{Name}";

    public string ReleaseLayout => $"{Layout}/{Catalogue.ReleaseSegment}";

    /// <summary>Whether the name can be part of a repository's path; a tag of the catalogue can be any text.</summary>
    public bool HasValidName => RepositoryName.IsValid(Name) && !Name.Contains('/', StringComparison.Ordinal);

    public string ExtraRepository(string extra) => RepositoryName.Join(Catalogue.Root, Name, "extra", extra);

    public string ExtraLayout(string extra) => $"{Layout}/extra/{extra}";

    public override string ToString() => $"{Catalogue.Kind} '{Name}'";
}

/// <summary>
/// What modules and packages differ in: where they are, and what their archives are called
/// (docs/behaviour/pull.md#packages).
/// </summary>
/// <param name="Kind">The word for people, in singular: <c>module</c>.</param>
/// <param name="Root">The repository whose tags are the names.</param>
/// <param name="ReleaseSegment">The repository of releases below an item: <c>release</c> or <c>version</c>.</param>
/// <param name="BundleRoot">The first part of the layouts' paths: <c>modules</c>.</param>
internal sealed record CatalogueKind(string Kind, string Root, string ReleaseSegment, string BundleRoot)
{
    public static CatalogueKind Modules(RegistryTree tree) =>
        new(ChosenVersion.Module, tree.Modules, "release", "modules");

    public static CatalogueKind Packages(RegistryTree tree) => new("package", tree.Packages, "version", "packages");

    public CatalogueItem Item(string name) => new(this, name);
}
