using Mirror.Engine.Tests.Settings;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Hosting;

public sealed class SettingsReaderTests
{
    private static readonly (string, string) Bundle = ("D8MirrorBundleDirectory", SettingsTexts.Folder);

    [Theory]
    [InlineData("D8MirrorTimeout", "soon", "Timeout")]
    [InlineData("D8MirrorMaxConnections", "99", "Transfer.MaxConnections")]
    [InlineData("D8MirrorIncludePlatform", "not a version", "IncludePlatform")]
    [InlineData("D8MirrorSinceVersion", "newest", "SinceVersion")]
    [InlineData("D8MirrorIncludeModule", "console@odd !", "IncludeModules")]
    [InlineData("D8MirrorNoModules", "perhaps", "Components without Modules")]
    public void A_fault_holds_the_setting_with_its_wrong_value(string name, string text, string member)
    {
        Fault fault = Assert.Single(SettingsTexts.ReadFaults((name, text)));

        Assert.Equal(new SettingReference(member, text), fault.Settings[0]);
        Assert.Contains(member, fault.Message, StringComparison.Ordinal);
        Assert.Contains(name, fault.TextFor(SettingsTexts.Names.NameOf), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_about_a_secret_holds_the_setting_without_its_value()
    {
        Fault fault = Assert.Single(SettingsTexts.ReadFaults(("D8MirrorSourcePasswordVariable", "hunter-2")));

        Assert.Equal([new SettingReference("Source.Credential.Password")], fault.Settings);
        Assert.StartsWith(
            "D8MirrorSourcePasswordVariable ", fault.TextFor(SettingsTexts.Names.NameOf), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_become_settings()
    {
        MirrorPullSettings settings = SettingsTexts.Read(
            Bundle,
            ("D8MirrorSource", " http://localhost:5000/deckhouse/ee "),
            ("D8MirrorTimeout", "1h30m"),
            ("D8MirrorMaxConnections", "3"),
            ("D8MirrorSourceTlsSkipVerify", "TRUE"),
            ("D8MirrorAllowedRealms", "auth.example.com; auth.example.org:8443"),
            ("D8MirrorIncludeModule", "prometheus"),
            ("D8MirrorIncludeModule", "neuvector@~1.3.0"),
            ("D8MirrorNoPlatform", "true"),
            ("D8MirrorNoInstaller", "true"),
            ("D8MirrorNoSecurityDb", "false"),
            ("D8MirrorNoPullResume", "true"),
            ("D8MirrorForce", "true"),
            ("D8MirrorSelectionRules", "v025"));

        Assert.Equal("http://localhost:5000/deckhouse/ee", settings.Source.Reference);
        Assert.Equal(TimeSpan.FromMinutes(90), settings.Timeout);
        Assert.Equal(3, settings.Transfer.MaxConnections);
        Assert.True(settings.Source.TlsSkipVerify);
        Assert.Equal(["auth.example.com", "auth.example.org:8443"], settings.AllowedRealms);
        Assert.Equal(["prometheus", "neuvector@~1.3.0"], settings.IncludeModules.Select(rule => rule.ToString()));
        Assert.Equal(
            MirrorComponents.All & ~(MirrorComponents.Platform | MirrorComponents.Installer), settings.Components);
        Assert.True(settings.NoPullResume);
        Assert.True(settings.Force);
    }

    [Fact]
    public void Names_are_read_in_any_case_as_MSBuild_does() =>
        Assert.True(SettingsTexts.Read(Bundle, ("d8mirrorFORCE", "true")).Force);

    [Fact]
    public void Empty_texts_mean_not_set()
    {
        MirrorPullSettings settings = SettingsTexts.Read(
            Bundle, ("D8MirrorSource", ""), ("D8MirrorTimeout", " "), ("D8MirrorLicense", ""), ("D8MirrorForce", ""));

        Assert.Equal(MirrorPullSettings.DefaultSource, settings.Source.Reference);
        Assert.Null(settings.Timeout);
    }

    [Fact]
    public void Three_malformed_settings_at_once_give_three_faults()
    {
        IReadOnlyList<Fault> faults = SettingsTexts.ReadFaults(
            ("D8MirrorTimeout", "soon"), ("D8MirrorForce", "maybe"), ("D8MirrorMaxConnections", "many"));

        Assert.Equal(3, faults.Count);
        Assert.All(faults, fault => Assert.Equal(FaultCode.SettingMalformed, fault.Code));
        Assert.Contains("Timeout is 'soon'", string.Join('\n', faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Malformed_texts_and_faults_of_the_check_are_reported_together_and_once_each()
    {
        IReadOnlyList<Fault> faults = SettingsTexts.ReadFaults(
            ("D8MirrorSource", "no-path"),
            ("D8MirrorForce", "maybe"),
            ("D8MirrorMaxConnections", "100"),
            ("D8MirrorSinceVersion", "soon"),
            ("D8MirrorGostDigest", "maybe"),
            ("D8MirrorIncludeModule", "UPPER"),
            ("D8MirrorIncludeModule", "x@"));

        Assert.Equal(
            [
                FaultCode.SettingMalformed, FaultCode.SettingMalformed, FaultCode.ReferenceMalformed,
                FaultCode.SettingOutOfRange, FaultCode.VersionMalformed, FaultCode.FilterMalformed,
                FaultCode.FilterMalformed,
            ],
            faults.Select(fault => fault.Code));
    }

    [Fact]
    public void A_setting_that_could_not_be_read_is_not_judged_again()
    {
        Fault fault = Assert.Single(SettingsTexts.ReadFaults(
            ("D8MirrorBundleDirectory", "relative"), ("D8MirrorBundleDirectory", "other")));

        Assert.Equal(FaultCode.SettingMalformed, fault.Code);
    }

    [Fact]
    public void A_scalar_given_twice_is_a_fault() =>
        Assert.Contains(
            "2 times",
            Assert.Single(SettingsTexts.ReadFaults(("D8MirrorSource", "h/x"), ("D8MirrorSource", "h/y"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_unknown_name_is_a_fault()
    {
        Fault fault = Assert.Single(SettingsTexts.ReadFaults(("D8MirrorSorce", "h/x")));

        Assert.Contains("'D8MirrorSorce'", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("Did you mean 'D8MirrorForce' or 'D8MirrorSource'? ", fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("D8MirrorPassword", "D8_MIRROR_SOURCE_PASSWORD")]
    [InlineData("D8MirrorSourcePassword", "D8_MIRROR_SOURCE_PASSWORD")]
    [InlineData("D8MirrorRegistryPassword", "D8_MIRROR_REGISTRY_PASSWORD")]
    [InlineData("D8MirrorLicense", "D8_MIRROR_LICENSE_TOKEN")]
    [InlineData("d8mirrorlicensetoken", "D8_MIRROR_LICENSE_TOKEN")]
    public void A_secret_in_a_property_is_a_fault_that_does_not_repeat_it(string name, string variable)
    {
        Fault fault = Assert.Single(SettingsTexts.ReadFaults((name, "canary-5c1e")));

        Assert.Equal(FaultCode.SecretInProperty, fault.Code);
        Assert.Contains(variable, fault.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-5c1e", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_in_place_of_the_platform_constraint_is_told_as_such() =>
        Assert.Equal(
            FaultCode.ConstraintIsPath,
            Assert.Single(SettingsTexts.ReadFaults(("D8MirrorIncludePlatform", "./bundle"))).Code);

    [Theory]
    [InlineData("d8-bundle", FaultCode.ConstraintIsPath)]
    [InlineData("d9-bundle", FaultCode.VersionMalformed)]
    [InlineData("1.65.0", null)]
    public void The_name_of_a_folder_that_is_no_constraint_is_told_as_a_path(string text, string? code)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Combine("d8-bundle"));
        Directory.CreateDirectory(folder.Combine("1.65.0"));
        MirrorHost host = new((_, _) => { }, path => folder.Combine(path), new Dictionary<string, string>());
        MirrorException? failure = Record.Exception(() => host.Read<MirrorPullSettings>(
            SettingsTexts.Names,
            SettingsTexts.Values(("D8MirrorBundleDirectory", "bundle"), ("D8MirrorIncludePlatform", text))))
            as MirrorException;

        Assert.Equal(code, failure?.Faults.Single().Code);
    }

    [Fact]
    public void A_malformed_platform_constraint_is_a_fault() =>
        Assert.Equal(
            FaultCode.VersionMalformed,
            Assert.Single(SettingsTexts.ReadFaults(("D8MirrorIncludePlatform", "not-a-constraint"))).Code);

    [Fact]
    public void Without_a_bundle_folder_nothing_is_read() =>
        Assert.Equal(
            FaultCode.SettingMissing,
            Assert.Single(Assert.Throws<MirrorException>(() => SettingsTexts.Read()).Faults).Code);
}
