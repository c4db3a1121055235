using Mirror.Engine.Settings.Checks;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

/// <summary>What a pull has to name behind a proxy registry; the rules of d8 are tested by its cases.</summary>
public sealed class ProxyCheckTests
{
    private static readonly MirrorPullSettings Proxied = SettingsTexts.Valid with { ProxyRegistry = true };

    [Fact]
    public void Everything_that_cannot_be_listed_has_to_be_named_and_is_said_at_once()
    {
        IReadOnlyList<Fault> faults = SettingsTexts.CheckFaults(Proxied);

        Assert.All(faults, fault => Assert.Equal(FaultCode.ProxyNeedsNames, fault.Code));
        Assert.Equal(3, faults.Count);
        Assert.All(
            [("IncludePlatform", "Components without Platform"), ("IncludeModules", "Components without Modules"),
                ("IncludePackages", "Components without Packages")],
            pair => Assert.Contains(faults, fault =>
                fault.Message.Contains(pair.Item1, StringComparison.Ordinal)
                && fault.Advice.Contains(pair.Item2, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_named_or_left_out_is_not_asked_for()
    {
        CheckedPullSettings named = SettingsTexts.Check(Proxied with
        {
            IncludePlatform = Constraint("^1.64.0"),
            IncludeModules = ["a@^1.0.0", "b@=bobV1"],
            IncludePackages = ["p"],
        });
        CheckedPullSettings leftOut = SettingsTexts.Check(Proxied with
        {
            Components = MirrorComponents.Platform,
            IncludePlatform = Constraint("=v1.64.0"),
        });

        Assert.False(named.Source.CanListTags);
        Assert.False(leftOut.Source.CanListTags);
        Assert.True(SettingsTexts.Check(SettingsTexts.Valid).Source.CanListTags);
    }

    [Fact]
    public void Modules_without_versions_are_named_one_by_one()
    {
        IReadOnlyList<Fault> faults = SettingsTexts.CheckFaults(Proxied with
        {
            Components = MirrorComponents.Modules,
            IncludeModules = ["a", "b@^1.0.0", "c"],
        });

        Assert.Equal(
            ["a@=v1.2.3", "c@=v1.2.3"],
            faults.Select(fault => fault.Advice.Split(' ')[^1].TrimEnd('.')));
        Assert.All(faults, fault => Assert.Equal(FaultCode.ProxyNeedsVersions, fault.Code));
    }

    [Fact]
    public void A_malformed_rule_counts_as_named() => Assert.Equal(
        FaultCode.FilterMalformed,
        SettingsTexts.CheckFault(Proxied with
        {
            Components = MirrorComponents.Modules,
            IncludeModules = ["a@"],
        }).Code);

    [Fact]
    public void Packages_alone_are_enough_and_databases_alone_need_no_proxy_mode()
    {
        MirrorPullSettings rest = Proxied with { Components = MirrorComponents.SecurityDb | MirrorComponents.Packages };

        Assert.Equal(FaultCode.ProxyNeedsNothing, SettingsTexts.CheckFault(rest).Code);
        SettingsTexts.Check(rest with { IncludePackages = ["p"] });
    }

    [Fact]
    public void Extra_images_of_packages_that_are_left_out_are_not_asked_for()
    {
        MirrorPullSettings extras = Proxied with
        {
            Components = MirrorComponents.None,
            OnlyExtraImages = true,
            IncludeModules = ["a@^1.0.0"],
        };

        Assert.Equal(MirrorComponents.Modules, SettingsTexts.Check(extras).Settings.Components);
        Assert.Equal(
            MirrorComponents.Modules | MirrorComponents.Packages,
            SettingsTexts.Check(extras with { IncludePackages = ["p"] }).Settings.Components);
    }

    [Fact]
    public void A_named_release_is_to_be_written_as_a_constraint()
    {
        Fault fault = SettingsTexts.CheckFaults(Proxied with { DeckhouseTag = "v1.65.0" })[0];

        Assert.Equal(FaultCode.SettingsConflict, fault.Code);
        Assert.Contains("IncludePlatform", fault.Advice, StringComparison.Ordinal);
    }

    private static VersionConstraint Constraint(string text) => VersionConstraint.Parse(text);
}
