using System.Collections.Immutable;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class SyncSettingsTests
{
    private static readonly MirrorSyncSettings _settings = new()
    {
        Source = "source.example/deckhouse/ee",
        Target = "target.example/mirror/ee",
        TmpDirectory = Path.GetTempPath(),
    };

    [Fact]
    public void Each_end_has_its_own_login_and_its_own_transport()
    {
        CheckedSyncSettings order = Check(
            _settings with
            {
                Insecure = true,
                Target = _settings.Target with { Insecure = false, Credential = new Credential("robot", "secret") },
            },
            ("D8_MIRROR_LICENSE_TOKEN", "licence"));

        Assert.True(order.Pull.Source.Insecure);
        Assert.False(order.Push.Target.Insecure);
        Assert.Equal("license-token", order.Pull.Source.Credential!.Login);
        Assert.Equal("robot", order.Push.Target.Credential!.Login);
    }

    [Fact]
    public void A_credential_that_names_no_end_is_refused()
    {
        Fault fault = Assert.Single(Refused(_settings with { Credential = new Credential("robot", "canary-81") }));

        Assert.Equal(FaultCode.SettingsConflict, fault.Code);
        Assert.Contains("Target.Credential", fault.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-81", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_both_ends_and_of_the_selection_are_told_at_once()
    {
        MirrorSyncSettings settings = _settings with
        {
            Source = "no registry",
            Target = "",
            BareRoot = BareRoot.At("../up"),
            SinceVersion = "old",
            Transfer = new TransferLimits { MaxConnections = 0 },
        };

        Assert.Equal(
            [
                FaultCode.SettingMissing, FaultCode.SettingMalformed, FaultCode.SettingOutOfRange,
                FaultCode.ReferenceMalformed, FaultCode.VersionMalformed,
            ],
            Refused(settings).Select(fault => fault.Code).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("source.example/deckhouse/ee", true)]
    [InlineData("https://source.example:443/deckhouse/ee/", true)]
    [InlineData("source.example/deckhouse/fe", false)]
    [InlineData("other.example/deckhouse/ee", false)]
    public void A_sync_onto_itself_is_refused(string target, bool isRefused)
    {
        MirrorSyncSettings settings = _settings with { Target = target };
        if (isRefused)
        {
            Assert.Equal(FaultCode.SettingsConflict, Assert.Single(Refused(settings)).Code);
        }
        else
        {
            Check(settings);
        }
    }

    [Theory]
    [InlineData("XDG_CACHE_HOME", "/cache", "/cache/d8mirror")]
    [InlineData("HOME", "/home/me", "/home/me/.cache/d8mirror")]
    [InlineData("LOCALAPPDATA", "/users/me", "/users/me/d8mirror")]
    public void Without_a_folder_metadata_goes_to_the_users_cache_one_folder_for_each_target(
        string variable, string value, string expected)
    {
        MirrorSyncSettings settings = _settings with { TmpDirectory = null };

        string first = Check(settings, (variable, value)).TmpDirectory;
        string second = Check(settings with { Target = "other.example/ee" }, (variable, value)).TmpDirectory;

        Assert.Equal(expected, Path.GetDirectoryName(first));
        Assert.Equal(expected, Path.GetDirectoryName(second));
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("relative")]
    public void Without_any_cache_folder_one_must_be_named(string? home) =>
        Assert.Equal(
            FaultCode.SettingMissing,
            Assert.Single(Refused(_settings with { TmpDirectory = null }, ("HOME", home ?? ""))).Code);

    private static CheckedSyncSettings Check(
        MirrorSyncSettings settings, params (string Name, string Value)[] variables) => SettingsCheck.Check(
            settings,
            new RunEnvironment(variables.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    private static ImmutableArray<Fault> Refused(
        MirrorSyncSettings settings, params (string Name, string Value)[] variables) =>
        Assert.Throws<MirrorException>(() => Check(settings, variables)).Faults;
}
