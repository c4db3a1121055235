using Mirror.Engine.Settings.Checks;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class LegacyCheckTests
{
    private static MirrorPullSettings Legacy => SettingsTexts.Valid with { BundleFormat = BundleFormat.Legacy025 };

    public static TheoryData<string, MirrorPullSettings> Asked => new()
    {
        { "IncludePackages", Legacy with { IncludePackages = ["p"] } },
        { "InstallerTag", Legacy with { InstallerTag = "v1.69.0" } },
        { "DeckhouseCliTag", Legacy with { DeckhouseCliTag = "v0.34.0" } },
        { "Components", Legacy with { Components = MirrorComponents.Installer } },
        { "Components", Legacy with { Components = MirrorComponents.DeckhouseCli } },
        { "Components", Legacy with { Components = MirrorComponents.Packages | MirrorComponents.Plugins } },
    };

    [Theory]
    [MemberData(nameof(Asked), DisableDiscoveryEnumeration = true)]
    public void What_a_bundle_of_d8_0_25_2_cannot_hold_is_refused_when_it_is_asked_for(
        string member, MirrorPullSettings settings)
    {
        Fault fault = SettingsTexts.CheckFault(settings);

        Assert.Equal(FaultCode.PartNotInLegacyForm, fault.Code);
        Assert.StartsWith(member, fault.Message, StringComparison.Ordinal);
        Assert.Contains("PathPreserving", fault.Advice, StringComparison.Ordinal);
        Assert.Empty(SettingsTexts.Check(settings with { BundleFormat = BundleFormat.PathPreserving }).Warnings);
    }

    [Fact]
    public void Plugins_are_refused_too()
    {
        MirrorPullSettings settings = Legacy with { IncludePlugins = ["p"] };
        SettingsFaults faults = new();

        LegacyCheck.Run(settings, faults);

        Assert.Equal(
            [FaultCode.PartNotInLegacyForm],
            Assert.Throws<MirrorException>(faults.ThrowIfAny).Faults.Select(fault => fault.Code));
    }

    [Theory]
    [InlineData(MirrorComponents.All)]
    [InlineData(MirrorComponents.Modules | MirrorComponents.Packages)]
    [InlineData(MirrorComponents.Platform)]
    public void What_is_there_by_default_is_no_fault(MirrorComponents components) =>
        Assert.Empty(SettingsTexts.Check(Legacy with { Components = components }).Warnings);

    [Fact]
    public void Nothing_at_all_has_one_fault_of_its_own() => Assert.Equal(
        FaultCode.NothingSelected,
        SettingsTexts.CheckFault(Legacy with { Components = MirrorComponents.None }).Code);
}
