using Mirror.Engine.Deckhouse.Catalogue;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases of the two roots of a source, and of the path of its modules.</summary>
public sealed class SourceTreeCasesTests
{
    public static TheoryData<string> Editions => CaseFile.Pull.Ids("edition");

    public static TheoryData<string> Modules => CaseFile.Pull.Ids("modules-path");

    [Theory]
    [MemberData(nameof(Editions))]
    public void An_edition_is_told_by_the_last_part_of_the_path(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        RegistryAccess access = Access(SpecCase.Text(spec.Input, "source")!);
        RegistryTree tree = new(access);
        string edition = tree.Bare == tree.Edition ? "" : tree.Edition[(tree.Bare.Length + 1)..];
        CaseFile.Check(
            spec,
            $"{SpecCase.Text(spec.Expected, "bare_root")} {SpecCase.Text(spec.Expected, "edition_root")} "
                + $"{SpecCase.Text(spec.Expected, "edition")}",
            $"{access.Host}/{tree.Bare} {access.Host}/{tree.Edition} {edition}");
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Modules_are_read_from_where_the_suffix_says(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        RegistryAccess access = SettingsTexts.Check(SettingsTexts.Valid with
        {
            Source = new RegistryEndpoint(SpecCase.Text(spec.Input, "root")!),
            ModulesPathSuffix = SpecCase.Text(spec.Input, "suffix")!,
        }).Source;
        RegistryTree tree = new(access);
        CatalogueKind modules = CatalogueKind.Modules(tree);
        if (SpecCase.Text(spec.Input, "module") is { } module)
        {
            CaseFile.Check(
                spec,
                $"{SpecCase.Text(spec.Expected, "read_from")} {SpecCase.Text(spec.Expected, "archive_prefix")}",
                $"{access.Host}/{modules.Item(module).Repository} {modules.Item(module).Layout}");
            return;
        }

        CaseFile.Check(
            spec,
            $"{SpecCase.Text(spec.Expected, "path")} {SpecCase.Text(spec.Expected, "default_path")} "
                + SpecCase.Any(spec.Expected, "moved"),
            $"{access.Host}/{modules.Root} {access.Host}/{tree.StandardModules} "
                + $"{modules.Root != tree.StandardModules}");
    }

    // What is no valid reference never gets so far; the tree is asked all the same.
    private static RegistryAccess Access(string source)
    {
        string[] parts = source.Split('/', 2);
        return RegistryReference.Read("", source, out RegistryReference? reference) is null
            ? new RegistryAccess("source", $"{reference!.Host}", reference.Path)
            : new RegistryAccess("source", parts[0], parts[1]);
    }
}
