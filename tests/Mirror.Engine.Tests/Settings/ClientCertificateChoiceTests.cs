using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class ClientCertificateChoiceTests
{
    private static readonly string Common = Path.Combine(SettingsTexts.Root, "common.pem");
    private static readonly string CommonKey = Path.Combine(SettingsTexts.Root, "common.key");
    private static readonly string Own = Path.Combine(SettingsTexts.Root, "own.pem");
    private static readonly string OwnKey = Path.Combine(SettingsTexts.Root, "own.key");

    [Fact]
    public void Without_a_setting_there_is_none() => Assert.Null(Choose(new MirrorPullSettings()));

    [Fact]
    public void That_of_an_end_wins_over_the_one_for_all_ends_with_its_key()
    {
        MirrorPullSettings shared = new() { ClientCertificateFile = Common, ClientKeyFile = CommonKey };

        Assert.Equal((Common, CommonKey), Files(shared));
        Assert.Equal((Own, OwnKey), Files(shared, Own, OwnKey));
        Assert.Equal((Common, OwnKey), Files(shared, null, OwnKey));
        Assert.Equal((Own, null), Files(shared, Own));
    }

    [Fact]
    public void Each_end_has_variables_of_its_own()
    {
        RunEnvironment environment = new(
        [
            new("D8_MIRROR_SOURCE_CLIENT_KEY", "a"), new("D8_MIRROR_SOURCE_CLIENT_KEY_PASSWORD", "b"),
            new("D8_MIRROR_REGISTRY_CLIENT_KEY", "c"), new("D8_MIRROR_REGISTRY_CLIENT_KEY_PASSWORD", "d"),
        ]);
        MirrorPushSettings settings = new() { ClientCertificateFile = Common };
        SettingsFaults faults = new();

        ClientCertificateFiles source = new ClientCertificateChoice(EndNames.Source, environment)
            .Choose(settings, new RegistryEndpoint("h/x"), faults)!;
        ClientCertificateFiles target = new ClientCertificateChoice(EndNames.Target, environment)
            .Choose(settings, new RegistryEndpoint("h/x"), faults)!;

        Assert.Equal(("a", "b"), (source.Key, source.Password));
        Assert.Equal(("c", "d"), (target.Key, target.Password));
        faults.ThrowIfAny();
    }

    [Fact]
    public void A_key_without_a_certificate_is_a_fault()
    {
        Fault fault = FaultOf(new MirrorPullSettings { ClientKeyFile = CommonKey }, null, null);

        Assert.Equal(FaultCode.SettingMissing, fault.Code);
        Assert.Contains("ClientKeyFile", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Source.ClientCertificateFile", fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("own.pem", null)]
    [InlineData(null, "own.key")]
    public void Paths_must_be_full(string? certificate, string? key) => Assert.Equal(
        FaultCode.PathNotQualified,
        FaultOf(new MirrorPullSettings { ClientCertificateFile = Common }, certificate, key).Code);

    private static Fault FaultOf(MirrorPullSettings settings, string? certificate, string? key)
    {
        SettingsFaults faults = new();
        new ClientCertificateChoice(EndNames.Source, new RunEnvironment([])).Choose(
            settings, new RegistryEndpoint("h/x") { ClientCertificateFile = certificate, ClientKeyFile = key }, faults);
        return Assert.Single(Assert.Throws<MirrorException>(faults.ThrowIfAny).Faults);
    }

    private static (string, string?) Files(MirrorPullSettings settings, string? certificate = null, string? key = null)
    {
        ClientCertificateFiles files = Choose(settings with
        {
            Source = new RegistryEndpoint("h/x") { ClientCertificateFile = certificate, ClientKeyFile = key },
        })!;
        return (files.File, files.KeyFile);
    }

    private static ClientCertificateFiles? Choose(MirrorPullSettings settings)
    {
        SettingsFaults faults = new();
        ClientCertificateFiles? files = new ClientCertificateChoice(EndNames.Source, new RunEnvironment([]))
            .Choose(settings, settings.Source, faults);
        faults.ThrowIfAny();
        return files;
    }
}
