using Mirror.Engine.Deckhouse.Source;

namespace Mirror.Engine.Deckhouse.Catalogue;

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
