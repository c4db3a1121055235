using Xunit;

namespace Mirror.Engine.Tests.Hosting;

public sealed class SettingNamesTests
{
    private static readonly SettingNames Names = new(name => "mirror." + name);

    [Theory]
    [InlineData("DeckhouseTag", "mirror.DeckhouseTag")]
    [InlineData("Transfer.MaxConnections", "mirror.MaxConnections")]
    [InlineData("IncludeModules", "mirror.IncludeModule")]
    [InlineData("Components without Modules", "mirror.NoModules")]
    [InlineData("Components", "mirror.No*")]
    [InlineData("Sauce", "Sauce")]
    public void A_setting_has_the_name_that_the_host_gives_it(string member, string expected) =>
        Assert.Equal(expected, Names.NameOf(member));

    [Fact]
    public void Components_are_set_by_several_names()
    {
        Assert.Contains("mirror.NoPlatform", Names.NamesOf("Components"));
        Assert.Contains("mirror.NoModules", Names.NamesOf("Components"));
        Assert.Equal(["mirror.Source"], Names.NamesOf("Source"));
    }

    [Fact]
    public void Two_settings_with_one_name_are_refused()
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(
            "nameOf", () => new SettingNames(name => name is "Force" or "File" ? "F" : name));

        Assert.StartsWith("Two settings have the name 'F'.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_that_are_missing_are_refused()
    {
        Assert.Throws<ArgumentNullException>("nameOf", () => new SettingNames(null!));
        Assert.Throws<ArgumentNullException>("member", () => Names.NameOf(null!));
        Assert.Throws<ArgumentNullException>("member", () => { _ = Names.NamesOf(null!); });
    }
}
