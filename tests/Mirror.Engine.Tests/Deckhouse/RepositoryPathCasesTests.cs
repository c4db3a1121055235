using Mirror.Engine.Deckhouse.Catalogue;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class RepositoryPathCasesTests
{
    public static TheoryData<string> Ids => CaseFile.Pull.Ids("repository-path");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_part_of_a_source_is_where_d8_looks_for_it(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        Assert.Null(RegistryReference.Read("", SpecCase.Text(spec.Input, "source")!, out RegistryReference? reference));
        RegistryTree tree = new(new RegistryAccess("source", $"{reference!.Host}", reference.Path));
        CatalogueKind modules = CatalogueKind.Modules(tree);
        CatalogueKind packages = CatalogueKind.Packages(tree);
        string repository = SpecCase.Text(spec.Input, "item") switch
        {
            "platform" => tree.Edition,
            "install" => tree.Install,
            "release-channel" => tree.ReleaseChannels,
            "security" => tree.SecurityDatabase("trivy-db"),
            "installer" => tree.Installer,
            "plugin" => tree.Plugin("console-ctl"),
            "module" => modules.Item("console").Repository,
            "module release" => modules.Item("console").Releases,
            "package" => packages.Item("console").Repository,
            _ => packages.Item("console").Releases,
        };

        CaseFile.Check(spec, SpecCase.Text(spec.Expected, "repository")!, $"{reference.Host}/{repository}");
    }
}
