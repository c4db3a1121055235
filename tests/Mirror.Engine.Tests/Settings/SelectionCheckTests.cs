using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Texts;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class SelectionCheckTests
{
    private static readonly MirrorPullSettings Valid = SettingsTexts.Valid;

    [Theory]
    [InlineData("1.50.0", true)]
    [InlineData("v1.50", true)]
    [InlineData("1.50.0-beta.1", true)]
    [InlineData("1.50.0+build.1", true)]
    [InlineData("invalid", false)]
    [InlineData("1.50.0abc", false)]
    [InlineData("stable", false)]
    public void Since_version_is_a_version(string text, bool isValid)
    {
        MirrorPullSettings settings = Valid with { SinceVersion = text };

        if (isValid)
        {
            Assert.Equal(text, SettingsTexts.Check(settings).Settings.SinceVersion);
        }
        else
        {
            Assert.Equal(FaultCode.VersionMalformed, SettingsTexts.CheckFault(settings).Code);
        }
    }

    [Theory]
    [InlineData(">=soon", "D8M1011")]
    [InlineData("soon", "D8M1010")]
    public void A_constraint_that_was_converted_from_a_malformed_text_is_reported(string text, string code)
    {
        Fault fault = SettingsTexts.CheckFault(Valid with { IncludePlatform = text });

        Assert.Equal(code, fault.Code);
        Assert.StartsWith("In IncludePlatform: ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.57.3", true)]
    [InlineData("stable", true)]
    [InlineData("pr12345", true)]
    [InlineData("a b", false)]
    [InlineData("-x", false)]
    [InlineData("x:y", false)]
    public void Tags_follow_the_grammar_of_registries(string tag, bool isValid)
    {
        MirrorPullSettings settings = Valid with
        {
            DeckhouseTag = tag,
            InstallerTag = tag,
            DeckhouseCliTag = tag,
        };

        if (isValid)
        {
            Assert.Equal(tag, SettingsTexts.Check(settings).Settings.DeckhouseTag);
        }
        else
        {
            IReadOnlyList<Fault> faults = SettingsTexts.CheckFaults(settings);
            Assert.Equal(3, faults.Count);
            Assert.All(faults, fault => Assert.Equal(FaultCode.SettingMalformed, fault.Code));
        }
    }

    [Fact]
    public void An_installer_needs_a_tag() =>
        Assert.Equal(FaultCode.SettingMalformed, SettingsTexts.CheckFault(Valid with { InstallerTag = "" }).Code);

    [Fact]
    public void Since_version_and_tag_exclude_each_other()
    {
        Fault fault = SettingsTexts.CheckFault(Valid with { SinceVersion = "1.50.0", DeckhouseTag = "v1.57.3" });

        Assert.Equal(FaultCode.SettingsConflict, fault.Code);
        Assert.Contains("SinceVersion", fault.Message, StringComparison.Ordinal);
        Assert.Contains("DeckhouseTag", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_selected_is_a_fault() =>
        Assert.Equal(
            FaultCode.NothingSelected,
            SettingsTexts.CheckFault(Valid with { Components = MirrorComponents.None }).Code);

    [Fact]
    public void Included_modules_are_pulled_even_without_modules()
    {
        CheckedPullSettings result = SettingsTexts.Check(
            Valid with { Components = MirrorComponents.None, IncludeModules = ["prometheus"] });

        Assert.Equal(MirrorComponents.Modules, result.Settings.Components);
        Assert.Equal(FaultCode.IncludedAnyway, Assert.Single(result.Warnings).Code);
    }

    [Fact]
    public void Included_plugins_are_pulled_even_without_plugins_and_without_anything_else()
    {
        CheckedPullSettings result = SettingsTexts.Check(
            Valid with { Components = MirrorComponents.None, IncludePlugins = ["console-tool"] });

        Assert.Equal(MirrorComponents.None, result.Settings.Components);
        Assert.Equal("console-tool", Assert.Single(result.Settings.IncludePlugins).Name);
        Fault warning = Assert.Single(result.Warnings);
        Assert.Equal(FaultCode.IncludedAnyway, warning.Code);
        Assert.Contains("IncludePlugins", warning.Message, StringComparison.Ordinal);
        Assert.Contains("Components without Plugins", warning.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Plugins_can_not_be_included_where_only_extra_images_are_wanted()
    {
        Fault fault = SettingsTexts.CheckFault(Valid with { OnlyExtraImages = true, IncludePlugins = ["p"] });

        Assert.Equal(FaultCode.SettingsConflict, fault.Code);
        Assert.Contains("OnlyExtraImages", fault.Message, StringComparison.Ordinal);
        Assert.Contains("IncludePlugins", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_of_the_CLI_can_not_be_named_where_only_extra_images_are_wanted()
    {
        Fault fault = SettingsTexts.CheckFault(Valid with { OnlyExtraImages = true, DeckhouseCliTag = "v0.34.0" });

        Assert.Equal(FaultCode.SettingsConflict, fault.Code);
        Assert.Contains("OnlyExtraImages", fault.Message, StringComparison.Ordinal);
        Assert.Contains("DeckhouseCliTag", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Includes_win_over_excludes()
    {
        CheckedPullSettings result = SettingsTexts.Check(
            Valid with { IncludeModules = ["a"], ExcludeModules = ["b"] });

        Assert.Empty(result.Settings.ExcludeModules);
        Assert.Equal(FaultCode.IncludeWinsOverExclude, Assert.Single(result.Warnings).Code);
    }

    [Fact]
    public void Includes_of_packages_win_over_excludes_of_packages_with_a_warning()
    {
        CheckedPullSettings result = SettingsTexts.Check(
            Valid with { IncludePackages = ["a"], ExcludePackages = ["b"], ExcludeModules = ["c"] });

        Assert.Empty(result.Settings.ExcludePackages);
        Assert.Equal("c", Assert.Single(result.Settings.ExcludeModules).Name);
        Assert.Contains("ExcludePackages", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Excludes_alone_stay()
    {
        CheckedPullSettings result = SettingsTexts.Check(Valid with { ExcludeModules = ["b"] });

        Assert.Equal("b", Assert.Single(result.Settings.ExcludeModules).Name);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("prometheus", "prometheus", null)]
    [InlineData(" console @ ^1.0 ", "console", "^1.0")]
    [InlineData("neuvector@=bobV1", "neuvector", "=bobV1")]
    [InlineData("a@=b@c", "a", "=b@c")]
    public void Rules_are_parsed(string text, string name, string? constraint)
    {
        ComponentRule rule = Assert.Single(
            SettingsTexts.Check(Valid with { IncludeModules = [text] }).Settings.IncludeModules);

        Assert.Equal(name, rule.Name);
        Assert.Equal(constraint, rule.Constraint?.ToString());
    }

    [Fact]
    public void A_rule_may_be_repeated() =>
        Assert.Equal(
            2,
            SettingsTexts.Check(Valid with { IncludeModules = ["m@1.2.3", "m@2.3.4"] }).Settings.IncludeModules.Length);

    [Theory]
    [InlineData("", FaultCode.FilterMalformed)]
    [InlineData("@1.2.3", FaultCode.FilterMalformed)]
    [InlineData(" @1.2.3", FaultCode.FilterMalformed)]
    [InlineData("Console", FaultCode.FilterMalformed)]
    [InlineData("a/b", FaultCode.FilterMalformed)]
    [InlineData("..", FaultCode.FilterMalformed)]
    [InlineData("a b", FaultCode.FilterMalformed)]
    [InlineData("m@invalid", FaultCode.VersionMalformed)]
    [InlineData("m@^^1.0.x.y", FaultCode.ConstraintMalformed)]
    public void Malformed_rules_are_faults_that_name_list_and_rule(string text, string code)
    {
        Fault fault = SettingsTexts.CheckFault(Valid with { ExcludeModules = [text] });

        Assert.Equal(code, fault.Code);
        Assert.Contains("ExcludeModules", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"'{text}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("console@")]
    [InlineData("console@  ")]
    public void An_empty_constraint_comes_with_advice_on_quoting(string text)
    {
        Fault fault = SettingsTexts.CheckFault(Valid with { IncludeModules = [text] });

        Assert.Equal(FaultCode.FilterMalformed, fault.Code);
        Assert.Contains("unquoted >=", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_made_in_code_is_checked_as_well() =>
        Assert.Equal(
            FaultCode.FilterMalformed,
            SettingsTexts.CheckFault(Valid with { IncludeModules = [new ComponentRule("../x")] }).Code);

    [Fact]
    public void Every_malformed_rule_is_reported() =>
        Assert.Equal(3, SettingsTexts.CheckFaults(Valid with { IncludeModules = ["A", "b@", "@c"] }).Count);

    private static VersionConstraint Constraint(string text)
    {
        Assert.Null(ConstraintText.Read(text, out VersionConstraint? constraint));
        return constraint!;
    }
}
