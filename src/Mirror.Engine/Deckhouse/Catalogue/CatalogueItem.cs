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

    /// <summary>The item for people.</summary>
    public override string ToString() => $"{Catalogue.Kind} '{Name}'";
}
