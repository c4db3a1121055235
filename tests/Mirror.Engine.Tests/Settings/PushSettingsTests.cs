using System.Collections.Immutable;
using Mirror.Engine.Settings.Checks;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class PushSettingsTests
{
    private static readonly MirrorPushSettings Valid = new()
    {
        Target = "registry.local/deckhouse/ee",
        BundleDirectory = SettingsTexts.Folder,
    };

    [Fact]
    public void Everything_that_is_missing_is_told_at_once()
    {
        Assert.Equal(
            ["Target is required, but not set.",
                "BundleDirectory is required, but not set."],
            Faults(new MirrorPushSettings()).Select(fault => fault.Message));
    }

    [Fact]
    public void Files_are_enough_without_a_folder_and_must_be_full_paths()
    {
        MirrorPushSettings files = Valid with { BundleDirectory = "", Files = [Path.Combine(SettingsTexts.Root, "x")] };

        Assert.Single(Check(files).Settings.Files);
        Assert.Equal(
            FaultCode.PathNotQualified, Assert.Single(Faults(files with { Files = ["platform.tar"] })).Code);
    }

    [Theory]
    [InlineData("Auto", null)]
    [InlineData("auto", null)]
    [InlineData("Target", "deckhouse/ee")]
    [InlineData("target", "deckhouse/ee")]
    [InlineData("/tools/", "tools")]
    public void The_bare_root_of_a_build_file_is_a_word_or_a_path(string text, string? expected) =>
        Assert.Equal(expected, Check(Valid with { BareRoot = SettingsTexts.RootOf(text) }).BareRoot);

    [Fact]
    public void The_bare_root_in_code_has_no_words()
    {
        Assert.Null(Check(Valid).BareRoot);
        Assert.Null(Check(Valid with { BareRoot = null! }).BareRoot);
        Assert.Equal("deckhouse/ee", Check(Valid with { BareRoot = BareRoot.Target }).BareRoot);
        Assert.Equal("auto", Check(Valid with { BareRoot = BareRoot.At("auto") }).BareRoot);
        Assert.NotEqual(BareRoot.Auto, BareRoot.At("Auto"));
        Assert.Equal(BareRoot.At("tools"), BareRoot.At("tools"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Auto")]
    [InlineData("../up")]
    [InlineData("Tools")]
    [InlineData("a//b")]
    public void A_bare_root_that_is_no_repository_is_refused(string path) => Assert.Equal(
        FaultCode.SettingMalformed, Assert.Single(Faults(Valid with { BareRoot = BareRoot.At(path) })).Code);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    public void The_variable_of_d8_skips_the_access_check(string text, bool expected) => Assert.Equal(
        expected, Check(Valid, ("MIRROR_BYPASS_ACCESS_CHECKS", text)).Settings.SkipAccessCheck);

    [Fact]
    public void A_bypass_that_is_neither_is_a_fault() => Assert.Equal(
        FaultCode.SettingMalformed,
        Assert.Single(Faults(Valid, ("MIRROR_BYPASS_ACCESS_CHECKS", "maybe"))).Code);

    [Fact]
    public void A_temporary_folder_is_accepted_and_said_to_be_of_no_use() => Assert.Equal(
        FaultCode.SettingNotNeeded,
        Assert.Single(Check(Valid with { TmpDirectory = SettingsTexts.Folder }).Warnings).Code);

    [Fact]
    public void The_login_of_the_target_has_variables_of_its_own_and_no_licence_reaches_it()
    {
        (string, string)[] source =
            [("D8_MIRROR_SOURCE_LOGIN", "s"), ("D8_MIRROR_SOURCE_PASSWORD", "s"), ("D8_MIRROR_LICENSE_TOKEN", "l")];

        Assert.Null(Check(Valid, source).Target.Credential);
        Assert.Equal(
            new Credential("r", "p"),
            Check(Valid, [.. source, ("D8_MIRROR_REGISTRY_LOGIN", "r"), ("D8_MIRROR_REGISTRY_PASSWORD", "p")])
                .Target.Credential);
    }

    [Fact]
    public void Texts_of_a_build_file_become_settings()
    {
        MirrorPushSettings settings = SettingsTexts.Read<MirrorPushSettings>(
            SettingsTexts.Variables(("MY_PASSWORD", "p")),
            ("D8MirrorTarget", "registry.local/deckhouse/ee"),
            ("D8MirrorTargetInsecure", "true"),
            ("D8MirrorFile", SettingsTexts.Folder + "/a.tar"),
            ("D8MirrorFile", SettingsTexts.Folder + "/b.tar"),
            ("D8MirrorVerifyGostDigest", "true"),
            ("D8MirrorRegistryLogin", "pusher"),
            ("D8MirrorRegistryPasswordVariable", "MY_PASSWORD"));

        Assert.Equal("registry.local/deckhouse/ee", settings.Target.Reference);
        Assert.True(settings.Target.Insecure);
        Assert.Equal(2, settings.Files.Length);
        Assert.True(settings.VerifyGostDigest);
        Assert.Equal(new Credential("pusher", "p"), Check(settings, ("MY_PASSWORD", "p")).Target.Credential);
    }

    [Fact]
    public void Settings_of_a_pull_are_unknown_to_a_push() => Assert.Equal(
        FaultCode.SettingMalformed,
        Assert.Single(Assert.Throws<MirrorException>(() => SettingsTexts.Read<MirrorPushSettings>(
            SettingsTexts.NoVariables,
            ("D8MirrorTarget", "registry.local/deckhouse/ee"),
            ("D8MirrorBundleDirectory", SettingsTexts.Folder),
            ("D8MirrorForce", "true"))).Faults).Code);

    [Fact]
    public void A_verification_needs_something_to_verify()
    {
        Assert.Equal(
            FaultCode.SettingMissing,
            Assert.Single(Assert.Throws<MirrorException>(() =>
                SettingsCheck.Check(new MirrorVerifySettings())).Faults).Code);
        Assert.Equal(
            FaultCode.SettingMissing,
            Assert.Single(Assert.Throws<MirrorException>(() =>
                SettingsCheck.Check(new MirrorVerifyGostDigestSettings())).Faults).Code);
    }

    private static CheckedPushSettings Check(
        MirrorPushSettings settings, params (string Name, string Value)[] variables) =>
        SettingsCheck.Check(settings, SettingsTexts.Variables(variables));

    private static ImmutableArray<Fault> Faults(
        MirrorPushSettings settings, params (string Name, string Value)[] variables) =>
        Assert.Throws<MirrorException>(() => Check(settings, variables)).Faults;
}
