using System.Collections.Immutable;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Table;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class DiffSettingsTests
{
    private static readonly string Lock = Path.Combine(Path.GetTempPath(), "mirror.lock.json");

    private static readonly MirrorDiffSettings Files = new() { From = Lock, To = Path.GetTempPath() };

    [Fact]
    public void Two_files_need_no_registry_at_all()
    {
        CheckedDiffSettings order = Check(Files with { Source = new RegistryEndpoint("no registry") });

        Assert.Null(order.Pull);
        Assert.Null(order.Push);
        Assert.Equal((Files.From, Files.To), (order.From, order.To));
    }

    [Fact]
    public void Both_sides_are_required() => Assert.Equal(
        [("From", FaultCode.SettingMissing), ("To", FaultCode.SettingMissing)],
        Refused(new MirrorDiffSettings()).Select(fault => (fault.Settings[0].Member, fault.Code)));

    [Fact]
    public void A_target_is_required_only_where_a_side_is_one()
    {
        Fault fault = Assert.Single(Refused(Files with { To = MirrorDiffSettings.TargetSide }));

        Assert.Equal((FaultCode.SettingMissing, "Target"), (fault.Code, fault.Settings[0].Member));
        Assert.Equal(
            "t.example/mirror/ee",
            Check(Files with { To = "target", Target = "t.example/mirror/ee" }).Push!.Target.Reference);
    }

    [Fact]
    public void A_source_is_checked_as_that_of_a_plan()
    {
        MirrorDiffSettings settings = Files with
        {
            To = "source",
            SinceVersion = "old",
            BundleFormat = BundleFormat.Legacy025,
        };

        Assert.Equal(FaultCode.VersionMalformed, Assert.Single(Refused(settings)).Code);
        CheckedPullSettings pull = Check(settings with { SinceVersion = null, LockFile = Lock }).Pull!;
        Assert.Equal(BundleFormat.Legacy025, pull.Settings.BundleFormat);
        Assert.Equal("/tmp", pull.Settings.TmpDirectory);
        Assert.Null(pull.Settings.LockFile);
    }

    [Theory]
    [InlineData("mirror.lock.json")]
    [InlineData("Source")]
    public void A_relative_path_is_refused(string side) => Assert.Equal(
        (FaultCode.PathNotQualified, "From"),
        Refused(Files with { From = side }).Select(fault => (fault.Code, fault.Settings[0].Member)).Single());

    [Fact]
    public void A_target_cannot_be_compared_with_itself() => Assert.Contains(
        Refused(new MirrorDiffSettings { From = "target", To = "target", Target = "t.example/ee" }),
        fault => fault.Code == FaultCode.SettingsConflict);

    [Fact]
    public void A_credential_that_names_no_end_is_refused_where_there_are_two()
    {
        MirrorDiffSettings settings = Files with
        {
            From = "target",
            Target = "t.example/ee",
            Credential = new Credential("robot", "canary-81"),
        };

        Assert.Equal("robot", Check(settings).Push!.Target.Credential!.Login);
        Fault fault = Assert.Single(Refused(settings with { To = "source" }));
        Assert.Equal(FaultCode.SettingsConflict, fault.Code);
        Assert.DoesNotContain("canary-81", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_of_a_comparison_changes_its_settings() => Assert.All(
        SettingsTable.RowsFor(SettingVerbs.Diff),
        row =>
        {
            MirrorSettings settings = new MirrorDiffSettings();
            Assert.Null(row.Apply([SettingSample.Of(row)], ref settings));
            Assert.NotEqual(new MirrorDiffSettings(), settings);
        });

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", false)]
    [InlineData("review.json", false)]
    public void A_review_is_an_id_or_a_full_path(string reviewed, bool isTaken)
    {
        MirrorPullSettings pull = new() { BundleDirectory = Path.GetTempPath(), Reviewed = reviewed };
        MirrorPushSettings push = new()
        {
            BundleDirectory = Path.GetTempPath(),
            Target = "t.example/ee",
            Reviewed = reviewed,
        };

        Assert.Equal(isTaken, Code(() => SettingsCheck.Check(pull, Environment())) is null);
        Assert.Equal(isTaken, Code(() => SettingsCheck.Check(push, Environment())) is null);
    }

    private static string? Code(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (MirrorException exception)
        {
            Assert.Equal(FaultCode.PathNotQualified, exception.Faults.Single().Code);
            return exception.Faults[0].Code;
        }
    }

    private static RunEnvironment Environment() => new(new Dictionary<string, string>());

    private static CheckedDiffSettings Check(MirrorDiffSettings settings) =>
        SettingsCheck.Check(settings, Environment());

    private static ImmutableArray<Fault> Refused(MirrorDiffSettings settings) =>
        Assert.Throws<MirrorException>(() => Check(settings)).Faults;
}
