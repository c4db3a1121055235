using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class CredentialChoiceTests
{
    private const string Login = "D8_MIRROR_SOURCE_LOGIN";
    private const string Password = "D8_MIRROR_SOURCE_PASSWORD";
    private const string License = "D8_MIRROR_LICENSE_TOKEN";
    private const string Canary = "canary-91bd";

    private static readonly MirrorPullSettings Valid = SettingsTexts.Valid;

    [Fact]
    public void Without_anything_the_source_is_read_anonymously()
    {
        RegistryAccess source = SettingsTexts.Check(Valid).Source;

        Assert.Null(source.Credential);
        Assert.Equal("no credential (anonymous)", source.CredentialOrigin);
    }

    [Fact]
    public void The_licence_variable_logs_in_as_license_token()
    {
        RegistryAccess source = SettingsTexts.Check(Valid, (License, Canary)).Source;

        Assert.Equal(new Credential("license-token", Canary), source.Credential);
        Assert.Equal("the licence in D8_MIRROR_LICENSE_TOKEN", source.CredentialOrigin);
    }

    [Fact]
    public void Blanks_around_a_licence_are_dropped_and_a_blank_licence_is_none()
    {
        Assert.Equal("t", SettingsTexts.Check(Valid, (License, " t\n")).Source.Credential!.Password);
        Assert.Null(SettingsTexts.Check(Valid, (License, " \n")).Source.Credential);
    }

    [Fact]
    public void The_login_variable_takes_its_password_from_the_password_variable()
    {
        RegistryAccess source = SettingsTexts.Check(Valid, (Login, "me"), (Password, Canary)).Source;

        Assert.Equal(new Credential("me", Canary), source.Credential);
        Assert.Contains(Login, source.CredentialOrigin, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_needs_no_password()
    {
        RegistryAccess source = SettingsTexts.Check(Valid, (Login, "me")).Source;

        Assert.Equal(new Credential("me", ""), source.Credential);
        Assert.Contains("without a password", source.CredentialOrigin, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_variable_without_login_is_told_and_not_used()
    {
        RegistryAccess source = SettingsTexts.Check(Valid, (Password, Canary)).Source;

        Assert.Null(source.Credential);
        Assert.Contains(Password, source.CredentialOrigin, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_come_before_the_environment()
    {
        (string, string)[] variables = [(Login, "env"), (Password, "p"), (License, "t")];

        CheckedPullSettings login = SettingsTexts.Check(Valid with { Credential = new("me", "x") }, variables);
        CheckedPullSettings licence = SettingsTexts.Check(Valid with { LicenseToken = "mine" }, variables);

        Assert.Equal(new Credential("me", "x"), login.Source.Credential);
        Assert.Equal(new Credential("license-token", "mine"), licence.Source.Credential);
        Assert.Empty(login.Warnings);
        Assert.Empty(licence.Warnings);
    }

    [Fact]
    public void A_login_for_the_end_comes_before_one_for_all_ends()
    {
        RegistryEndpoint end = new("h/x") { Credential = new("end", "x") };

        CheckedPullSettings result = SettingsTexts.Check(Valid with { Source = end, Credential = new("all", "y") });

        Assert.Equal("end", result.Source.Credential!.Login);
    }

    [Fact]
    public void Two_on_one_level_are_warned_about_and_the_login_wins()
    {
        CheckedPullSettings variables = SettingsTexts.Check(Valid, (Login, "me"), (License, Canary));
        CheckedPullSettings stated = SettingsTexts.Check(
            Valid with { Credential = new("me", Canary), LicenseToken = Canary });

        Assert.All([variables, stated], result =>
        {
            Fault warning = Assert.Single(result.Warnings);
            Assert.Equal("me", result.Source.Credential!.Login);
            Assert.Equal(FaultCode.CredentialsAmbiguous, warning.Code);
            Assert.DoesNotContain(Canary, warning.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_build_file_names_the_licence_variable()
    {
        MirrorPullSettings settings = Read([("MY_LICENCE", Canary)], ("D8MirrorLicenseVariable", "MY_LICENCE"));
        RegistryAccess source = SettingsTexts.Check(settings, ("MY_LICENCE", Canary), (Login, "env")).Source;

        Assert.Equal(new Credential("license-token", Canary), source.Credential);
        Assert.Equal("the licence in MY_LICENCE", source.CredentialOrigin);
        Assert.Contains("Set MY_LICENCE", source.CredentialAdvice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_file_gives_the_login_and_names_the_password_variable()
    {
        (string, string)[] variables = [("MY_PASSWORD", Canary), (Password, "other")];
        MirrorPullSettings settings = Read(
            variables, ("D8MirrorSourceLogin", "me"), ("D8MirrorSourcePasswordVariable", "MY_PASSWORD"));
        RegistryAccess source = SettingsTexts.Check(settings, variables).Source;

        Assert.Equal(new Credential("me", Canary), source.Credential);
        Assert.Equal("the login of the settings with the password in MY_PASSWORD", source.CredentialOrigin);
        Assert.DoesNotContain(Canary, settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_advice_for_a_401_names_the_licence_variable_and_the_login()
    {
        string advice = SettingsTexts.Check(Valid, (License, Canary)).Source.CredentialAdvice;

        Assert.Contains(License, advice, StringComparison.Ordinal);
        Assert.Contains(Login, advice, StringComparison.Ordinal);
        Assert.Contains(Password, advice, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("D8MirrorLicenseVariable", Canary, FaultCode.SettingMalformed)]
    [InlineData("D8MirrorLicenseVariable", "CANARY91BD", FaultCode.SettingMissing)]
    [InlineData("D8MirrorSourcePasswordVariable", Canary, FaultCode.SettingMalformed)]
    [InlineData("D8MirrorSourcePasswordVariable", "CANARY91BD", FaultCode.SettingMissing)]
    public void A_secret_in_place_of_a_variable_name_is_a_fault_that_does_not_repeat_it(
        string name, string text, string code)
    {
        IReadOnlyList<Fault> faults = SettingsTexts.ReadFaults((name, text), ("D8MirrorSourceLogin", "me"));

        Assert.Equal(code, Assert.Single(faults).Code);
        Assert.DoesNotContain(text, faults[0].ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_named_password_without_any_login_is_a_fault()
    {
        MirrorException exception = Assert.Throws<MirrorException>(
            () => Read([("MY_PASSWORD", Canary)], ("D8MirrorSourcePasswordVariable", "MY_PASSWORD")));

        Assert.Equal(FaultCode.SettingMissing, Assert.Single(exception.Faults).Code);
        Assert.DoesNotContain(Canary, exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "p", FaultCode.SettingMissing)]
    [InlineData("a:b", "p", FaultCode.SettingMalformed)]
    [InlineData("a\u0001", "p", FaultCode.SettingMalformed)]
    [InlineData("a", Canary + "\n", FaultCode.SettingMalformed)]
    public void A_credential_that_HTTP_cannot_carry_is_a_fault(string login, string password, string code)
    {
        Fault fault = SettingsTexts.CheckFault(Valid with { Credential = new(login, password) });

        Assert.Equal(code, fault.Code);
        Assert.DoesNotContain(Canary, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_is_ever_printed()
    {
        MirrorPullSettings settings = Valid with
        {
            LicenseToken = Canary,
            Credential = new("me", Canary),
            Source = new RegistryEndpoint("h/x") { Credential = new("me", Canary) },
        };
        CheckedPullSettings result = SettingsTexts.Check(settings);

        Assert.DoesNotContain(Canary, $"{settings} {result} {result.Source}", StringComparison.Ordinal);
        Assert.Contains("LicenseToken = ***", settings.ToString(), StringComparison.Ordinal);
        Assert.Contains("BundleDirectory = ", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Checked_settings_hold_the_secret_in_one_place_only()
    {
        CheckedPullSettings result = SettingsTexts.Check(Valid with { LicenseToken = Canary });

        Assert.Equal(Canary, result.Source.Credential!.Password);
        Assert.Null(result.Settings.LicenseToken);
        Assert.Null(result.Settings.Credential);
        Assert.Null(result.Settings.Source.Credential);
    }

    private static MirrorPullSettings Read((string, string)[] variables, params (string Name, string Text)[] texts) =>
        SettingsTexts.Read<MirrorPullSettings>(
            SettingsTexts.Variables(variables), [("D8MirrorBundleDirectory", SettingsTexts.Folder), .. texts]);
}
