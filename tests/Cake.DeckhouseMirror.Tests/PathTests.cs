using System.Collections.Immutable;
using System.Reflection;
using Mirror.Engine;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class PathTests
{
    private readonly ScriptContext _context = new();
    private readonly ScriptedEngine _engine = new();

    public static TheoryData<string, string> PathSettings => [
        .. from verb in (SettingVerbs[])
                [
                    SettingVerbs.Plan, SettingVerbs.Pull, SettingVerbs.Push, SettingVerbs.Sync, SettingVerbs.Verify,
                    SettingVerbs.VerifyGostDigest,
                ]
           from row in SettingsTable.RowsFor(verb)
           where row.Kind is SettingKind.Path or SettingKind.Paths
           select new TheoryDataRow<string, string>($"{verb}", row.Name)];

    [Theory]
    [MemberData(nameof(PathSettings))]
    public void Every_setting_that_is_a_path_starts_from_Cakes_working_directory(string verb, string name)
    {
        SettingRow row = SettingsTable.Find(name)!;
        MirrorSettings settings = New(Enum.Parse<SettingVerbs>(verb));
        Assert.Null(row.Apply(["some/../mirror/it.tar"], ref settings));

        Run(settings);

        object? value = row.Member.Split('.')
            .Aggregate((object?)_engine.Call.Settings, (holder, part) => Property(holder!, part));
        Assert.Equal(
            "/scripts/airgap/mirror/it.tar",
            value is ImmutableArray<string> paths ? Assert.Single(paths) : value);
    }

    [Fact]
    public void Full_and_empty_paths_stay_as_they_are()
    {
        new DeckhouseMirrorRunner(_context, _engine).Push(new D8MirrorPushSettings
        {
            Files = ["/mnt/usb/platform.tar"],
            BundleDirectory = "",
        });

        var settings = Assert.IsType<MirrorPushSettings>(_engine.Call.Settings);
        Assert.Equal(["/mnt/usb/platform.tar"], settings.Files);
        Assert.Equal("", settings.BundleDirectory);
        Assert.Null(settings.TmpDirectory);
        Assert.Null(settings.Target.CaFile);
    }

    private static object? Property(object holder, string name) =>
        holder.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance)!.GetValue(holder);

    private static MirrorSettings New(SettingVerbs verb) => verb switch
    {
        SettingVerbs.Push => new MirrorPushSettings(),
        SettingVerbs.Sync => new MirrorSyncSettings(),
        SettingVerbs.Verify => new MirrorVerifySettings(),
        SettingVerbs.VerifyGostDigest => new MirrorVerifyGostDigestSettings(),
        _ => new MirrorPullSettings(),
    };

    private void Run(MirrorSettings settings)
    {
        DeckhouseMirrorRunner runner = new(_context, _engine);
        switch (settings)
        {
            case MirrorPullSettings pull:
                runner.Pull(ScriptSettings.From<D8MirrorPullSettings>(pull));
                break;
            case MirrorPushSettings push:
                runner.Push(ScriptSettings.From<D8MirrorPushSettings>(push));
                break;
            case MirrorSyncSettings sync:
                runner.Sync(ScriptSettings.From<D8MirrorSyncSettings>(sync));
                break;
            case MirrorVerifySettings verify:
                runner.Verify(ScriptSettings.From<D8MirrorVerifySettings>(verify));
                break;
            default:
                runner.VerifyGostDigest(ScriptSettings.From<D8MirrorVerifyGostDigestSettings>(settings));
                break;
        }
    }
}
