using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class SettingsCheckTests
{
    private static readonly MirrorPullSettings Valid = SettingsTexts.Valid;

    [Fact]
    public void Defaults_are_filled_in()
    {
        CheckedPullSettings result = SettingsTexts.Check(Valid);

        Assert.Equal(Path.Combine(SettingsTexts.Folder, ".tmp"), result.Settings.TmpDirectory);
        Assert.Equal(TimeSpan.FromSeconds(60), result.Source.Timeout);
        Assert.Equal("registry.deckhouse.ru/deckhouse/ee", result.Source.Reference);
        Assert.Equal("https://registry.deckhouse.ru/v2/", result.Source.BaseAddress.ToString());
        Assert.Equal("modules", result.Source.ModulesPath);
        Assert.Equal("source", result.Source.End);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_setting_of_the_end_wins_over_the_one_for_all_ends()
    {
        string common = Path.Combine(SettingsTexts.Root, "common.pem");
        string own = Path.Combine(SettingsTexts.Root, "own.pem");
        MirrorPullSettings settings = Valid with { CaFile = common, TlsSkipVerify = true, ModulesPathSuffix = "/a" };
        RegistryEndpoint end = new("h/x") { CaFile = own, TlsSkipVerify = false, ModulesPathSuffix = "/b" };

        RegistryAccess shared = SettingsTexts.Check(settings).Source;
        RegistryAccess special = SettingsTexts.Check(settings with { Source = end }).Source;

        Assert.Equal((common, true, "a"), (shared.CaFile, shared.TlsSkipVerify, shared.ModulesPath));
        Assert.Equal((own, false, "b"), (special.CaFile, special.TlsSkipVerify, special.ModulesPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void The_bundle_folder_is_required(string? folder) =>
        Assert.Equal(
            FaultCode.SettingMissing, SettingsTexts.CheckFault(Valid with { BundleDirectory = folder! }).Code);

    [Fact]
    public void Paths_must_be_full()
    {
        IReadOnlyList<Fault> faults = SettingsTexts.CheckFaults(Valid with
        {
            BundleDirectory = "bundle",
            TmpDirectory = "./tmp",
            CaFile = "ca.pem",
            ReportFile = "report.json",
            Source = new RegistryEndpoint("h/x") { CaFile = "../ca.pem" },
        });

        Assert.Equal(5, faults.Count);
        Assert.All(faults, fault => Assert.Equal(FaultCode.PathNotQualified, fault.Code));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65)]
    public void Connections_are_from_1_to_64(int connections)
    {
        Fault fault = SettingsTexts.CheckFault(
            Valid with { Transfer = new TransferLimits { MaxConnections = connections } });

        Assert.Equal(FaultCode.SettingOutOfRange, fault.Code);
        Assert.Contains("from 1 to 64", fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(99_999)]
    public void A_chunk_size_below_the_least_is_out_of_range(long bytes)
    {
        Fault fault = SettingsTexts.CheckFault(Valid with { BundleChunkSize = bytes });

        Assert.Equal(FaultCode.SettingOutOfRange, fault.Code);
        Assert.Contains("100kB or more", fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(long.MaxValue)]
    public void Any_other_chunk_size_is_taken(long bytes) => Assert.Equal(
        bytes, SettingsTexts.Check(Valid with { BundleChunkSize = bytes }).Settings.BundleChunkSize);

    [Fact]
    public void Undefined_names_of_choices_are_out_of_range()
    {
        IReadOnlyList<Fault> faults = SettingsTexts.CheckFaults(Valid with
        {
            SelectionRules = (SelectionRules)9,
            BundleFormat = (BundleFormat)9,
            Components = (MirrorComponents)128,
        });

        Assert.Equal(3, faults.Count);
        Assert.All(faults, fault => Assert.Equal(FaultCode.SettingOutOfRange, fault.Code));
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("90s", 90d)]
    [InlineData("1h30m", 5400d)]
    public void The_timeout_comes_from_the_variable_if_the_settings_have_none(string text, double? seconds)
    {
        RegistryAccess fromVariable = SettingsTexts.Check(Valid, ("D8_MIRROR_TIMEOUT", text)).Source;
        RegistryAccess stated = SettingsTexts.Check(
            Valid with { Timeout = TimeSpan.FromSeconds(5) }, ("D8_MIRROR_TIMEOUT", text)).Source;

        Assert.Equal(seconds, fromVariable.Timeout?.TotalSeconds);
        Assert.Equal(5, stated.Timeout?.TotalSeconds);
    }

    [Theory]
    [InlineData("soon", FaultCode.SettingMalformed)]
    [InlineData("30", FaultCode.SettingMalformed)]
    [InlineData("-1s", FaultCode.SettingMalformed)]
    [InlineData("1000h", FaultCode.SettingOutOfRange)]
    public void A_malformed_timeout_variable_is_a_fault(string text, string code)
    {
        Fault fault = SettingsTexts.CheckFault(Valid, ("D8_MIRROR_TIMEOUT", text));

        Assert.Equal(code, fault.Code);
        Assert.Contains("D8_MIRROR_TIMEOUT", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_timeout_is_not_negative_nor_shorter_than_a_timer_can_tell(long ticks) =>
        Assert.Equal(
            FaultCode.SettingOutOfRange,
            SettingsTexts.CheckFault(Valid with { Timeout = TimeSpan.FromTicks(ticks) }).Code);

    [Fact]
    public void Realms_are_hosts()
    {
        RegistryAccess source = SettingsTexts.Check(
            Valid with { AllowedRealms = ["Auth.Example.com:443", "auth.example.org:8443"] }).Source;
        IReadOnlyList<Fault> faults = SettingsTexts.CheckFaults(
            Valid with { AllowedRealms = ["https://auth.example.com", "h/token", "", "ok.example"] });

        Assert.Equal(["auth.example.com:443", "auth.example.org:8443"], source.AllowedRealms);
        Assert.Equal(3, faults.Count);
        Assert.All(faults, fault => Assert.Equal(FaultCode.SettingMalformed, fault.Code));
    }

    [Theory]
    [InlineData("/modules", "modules")]
    [InlineData("modules", "modules")]
    [InlineData("", "modules")]
    [InlineData("/", "")]
    [InlineData("mymods", "mymods")]
    [InlineData("/my/mods/", "my/mods")]
    public void The_modules_path_is_normalised(string suffix, string expected)
    {
        Assert.Equal(expected, SettingsTexts.Check(Valid with { ModulesPathSuffix = suffix }).Source.ModulesPath);
    }

    [Theory]
    [InlineData("../other")]
    [InlineData("My")]
    [InlineData("a//b")]
    public void A_modules_path_must_be_a_repository_path(string suffix) =>
        Assert.Equal(
            FaultCode.SettingMalformed, SettingsTexts.CheckFault(Valid with { ModulesPathSuffix = suffix }).Code);

    [Theory]
    [InlineData("report.json", true)]
    [InlineData("report.MD", true)]
    [InlineData("report.html", true)]
    [InlineData("report.htm", false)]
    [InlineData("report", false)]
    public void A_report_ends_with_json_md_or_html(string name, bool isAvailable)
    {
        MirrorPullSettings settings = Valid with { ReportFile = Path.Combine(SettingsTexts.Root, name) };

        if (isAvailable)
        {
            Assert.Equal(settings.ReportFile, SettingsTexts.Check(settings).Settings.ReportFile);
        }
        else
        {
            Assert.Equal(FaultCode.SettingUnavailable, SettingsTexts.CheckFault(settings).Code);
        }
    }

    [Fact]
    public void Settings_of_a_script_may_be_null_or_default()
    {
        MirrorPullSettings settings = Valid with
        {
            IncludeModules = default,
            ExcludePackages = default,
            AllowedRealms = default,
            Transfer = null!,
            ModulesPathSuffix = null!,
        };

        CheckedPullSettings result = SettingsTexts.Check(settings);

        Assert.Empty(result.Settings.IncludeModules);
        Assert.Empty(result.Settings.ExcludePackages);
        Assert.Empty(result.Source.AllowedRealms);
        Assert.Equal(8, result.Settings.Transfer.MaxConnections);
        Assert.Equal(FaultCode.ReferenceMalformed, SettingsTexts.CheckFault(settings with { Source = null! }).Code);
    }
}
