using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Settings.Ends;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class RegistryTreeTests
{
    [Theory]
    [InlineData("deckhouse/ee", "deckhouse/installer")]
    [InlineData("deckhouse/se-plus", "deckhouse/installer")]
    [InlineData("deckhouse/cse", "deckhouse/installer")]
    [InlineData("mirror/deckhouse", "mirror/deckhouse/installer")]
    [InlineData("ee", "ee/installer")]
    [InlineData("deckhouse/free", "deckhouse/free/installer")]
    [InlineData("deckhouse/ee/sub", "deckhouse/ee/sub/installer")]
    public void The_installer_is_above_the_edition_where_anything_is(string path, string installer)
    {
        Assert.Equal(installer, Tree(path).Installer);
        Assert.Equal(
            installer.Replace("installer", "deckhouse-cli", StringComparison.Ordinal), Tree(path).DeckhouseCli);
    }

    [Fact]
    public void A_port_of_the_host_is_no_part_of_any_repository() =>
        Assert.Equal("ce/install", new RegistryTree(new RegistryAccess("source", "h:5000", "ce")).Install);

    [Fact]
    public void Everything_else_is_below_the_edition()
    {
        RegistryTree tree = Tree("deckhouse/ee");

        Assert.Equal("deckhouse/ee/install", tree.Install);
        Assert.Equal("deckhouse/ee/install-standalone", tree.InstallStandalone);
        Assert.Equal("deckhouse/ee/release-channel", tree.ReleaseChannels);
        Assert.Equal("deckhouse/ee/packages", tree.Packages);
        Assert.Equal("deckhouse/ee/security/trivy-db", tree.SecurityDatabase("trivy-db"));
    }

    [Theory]
    [InlineData("modules", "deckhouse/ee/modules")]
    [InlineData("other/place", "deckhouse/ee/other/place")]
    [InlineData("", "deckhouse/ee")]
    public void Modules_are_where_the_suffix_says(string suffix, string modules) => Assert.Equal(
        modules,
        new RegistryTree(new RegistryAccess("source", "h", "deckhouse/ee") { ModulesPath = suffix }).Modules);

    private static RegistryTree Tree(string path) => new(new RegistryAccess("source", "h", path));
}
