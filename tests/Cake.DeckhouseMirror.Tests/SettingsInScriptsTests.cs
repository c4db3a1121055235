using System.Collections.Immutable;
using Cake.Core;
using Cake.Core.IO;
using Mirror.Engine;
using Mirror.TestKit.Files;
using Xunit;
using Path = System.IO.Path;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>What scripts hand over: Cake's paths and collections, texts, settings that change.</summary>
public sealed class SettingsInScriptsTests
{
    private readonly ScriptedEngine _engine = new();
    private readonly ScriptContext _context;

    public SettingsInScriptsTests() => _context = new ScriptContext { Engine = _engine };

    [Fact]
    public void Settings_change_after_they_were_made()
    {
        D8MirrorPullSettings settings = new();
        settings.Source = "registry.example/ce";
        settings.BundleDirectory = new DirectoryPath("a").Combine("bundle");
        settings.IncludeModules.Add("console");

        _context.D8MirrorPull(settings);

        var record = Assert.IsType<MirrorPullSettings>(_engine.Call.Settings);
        Assert.Equal("registry.example/ce", record.Source.Reference);
        Assert.Equal("/scripts/airgap/a/bundle", record.BundleDirectory);
        Assert.Equal(["console"], record.IncludeModules.Select(rule => $"{rule}"));
    }

    [Fact]
    public async Task An_action_makes_settings_in_place()
    {
        _context.D8MirrorPlan(settings => settings.NoModules = true, "bundle");
        _context.D8MirrorPull(settings => settings.Source = "registry.example/ce");
        _context.D8MirrorPush(settings => settings.Target = "registry.example/ee", "bundle");
        _context.D8MirrorSync(settings => settings.Source = "registry.example/ce", "registry.example/ee");
        _context.D8MirrorVerify(settings => settings.ReportFile = "verify.html", "bundle");
        _context.VerifyGostDigest(settings => settings.ReportFile = "sums.json", "bundle");
        await _context.D8MirrorPlanAsync(settings => settings.NoModules = true, "bundle");
        await _context.D8MirrorPullAsync(settings => settings.Source = "registry.example/ce");
        await _context.D8MirrorPushAsync(settings => settings.Target = "registry.example/ee", "bundle");
        await _context.D8MirrorSyncAsync(settings => settings.Source = "registry.example/ce", "registry.example/ee");
        await _context.D8MirrorVerifyAsync(settings => settings.ReportFile = "verify.html", "bundle");
        await _context.VerifyGostDigestAsync(settings => settings.ReportFile = "sums.json", "bundle");

        string[] verbs = ["plan", "pull", "push", "sync", "verify", "gost"];
        Assert.Equal([.. verbs, .. verbs], _engine.Calls.Select(call => call.Verb));
        var plan = Assert.IsType<MirrorPullSettings>(_engine.Calls[0].Settings);
        Assert.Equal(
            ("/scripts/airgap/bundle", MirrorComponents.All & ~MirrorComponents.Modules),
            (plan.BundleDirectory, plan.Components));
        var sync = Assert.IsType<MirrorSyncSettings>(_engine.Calls[3].Settings);
        Assert.Equal(("registry.example/ce", "registry.example/ee"), (sync.Source.Reference, sync.Target.Reference));
        Assert.Equal("/scripts/airgap/sums.json", _engine.Calls[5].Settings.ReportFile);
    }

    [Fact]
    public void Each_component_has_a_switch_that_leaves_it_out()
    {
        D8MirrorPullSettings settings = new() { Components = MirrorComponents.All };
        foreach (MirrorComponents component in Enum.GetValues<MirrorComponents>()
            .Where(component => component is not (MirrorComponents.None or MirrorComponents.All)))
        {
            typeof(D8MirrorPullSettings).GetProperty($"No{component}")!.SetValue(settings, true);
            _context.D8MirrorPlan(settings);
            Assert.False(
                Assert.IsType<MirrorPullSettings>(_engine.Call.Settings).Components.HasFlag(component), $"{component}");
        }

        Assert.Equal(
            MirrorComponents.None, Assert.IsType<MirrorPullSettings>(_engine.Call.Settings).Components);
    }

    [Fact]
    public void Rules_come_as_a_list_of_texts_an_array_or_an_expression()
    {
        List<string> list = ["console", "prometheus@^1.2.0"];
        string[] array = ["console", "prometheus@^1.2.0"];
        ComponentRuleCollection[] forms = [list, array, ["console", new("prometheus", "^1.2.0")], [.. list]];

        Assert.All(forms, rules =>
        {
            _context.D8MirrorPlan(new() { IncludeModules = rules });
            Assert.Equal(
                ["console", "prometheus@^1.2.0"],
                Assert.IsType<MirrorPullSettings>(_engine.Call.Settings).IncludeModules.Select(rule => $"{rule}"));
        });
    }

    [Fact]
    public void A_constraint_is_a_text_and_a_malformed_one_is_reported_with_everything_else()
    {
        _context.D8MirrorPlan(new() { IncludePlatform = ">=1.70 <1.72" });
        CakeException failure = Assert.Throws<CakeException>(() => new ScriptContext().D8MirrorPull(new()
        {
            IncludePlatform = ">=soon",
            IncludeModules = [new("console", "~later")],
        }));

        var record = Assert.IsType<MirrorPullSettings>(_engine.Call.Settings);
        Assert.Equal(VersionConstraint.Parse(">=1.70 <1.72"), record.IncludePlatform);
        Assert.Equal(
            ["D8M1001", "D8M1011", "D8M1011"],
            ((MirrorException)failure.InnerException!).Faults.Select(fault => fault.Code).Order());
        Assert.Contains("D8M1011: In IncludePlatform: ", failure.InnerException!.Message);
        Assert.Contains("Rule 'console@~later'", failure.InnerException.Message);
    }

    [Fact]
    public void Files_are_Cakes_paths_and_their_patterns_are_searched_for()
    {
        using TemporaryFolder folder = new();
        _context.Machine.WorkingDirectory = folder.FullName;
        Directory.CreateDirectory(folder.Combine("bundle"));
        string[] archives = ["module-[x].tar", "platform.tar", "security.tar"];
        Array.ForEach(archives, name => File.WriteAllText(Path.Combine(folder.Combine("bundle"), name), ""));
        string[] full = [.. archives.Select(name => $"{folder.FullName}/bundle/{name}")];

        Assert.Equal(full, FilesOf(["bundle/*.tar"]));
        Assert.Equal(full[1..2], FilesOf([new FilePath("bundle/platform.tar")]));
        Assert.Equal(full[..1], FilesOf(["bundle/module-[x].tar"]));
        Assert.Equal([$"{folder.FullName}/bundle/*.chunk"], FilesOf(["bundle/*.chunk"]));
        Assert.Equal(full, FilesOf(new FilePathCollection(full.Select(file => new FilePath(file)))));
    }

    [Fact]
    public async Task Files_alone_are_a_short_form()
    {
        FilePathCollection files = ["platform.tar"];

        _context.D8MirrorPush(files, "registry.example/ee");
        _context.D8MirrorVerify(files);
        _context.VerifyGostDigest(files, "sums.json");
        await _context.D8MirrorPushAsync(files, "registry.example/ee");
        await _context.D8MirrorVerifyAsync(files);
        await _context.VerifyGostDigestAsync(files, "sums.json");

        string[] verbs = ["push", "verify", "gost"];
        Assert.Equal([.. verbs, .. verbs], _engine.Calls.Select(call => call.Verb));
        Assert.Equal(
            ["/scripts/airgap/platform.tar"], Assert.IsType<MirrorVerifySettings>(_engine.Calls[1].Settings).Files);
        Assert.Equal("/scripts/airgap/sums.json", _engine.Call.Settings.ReportFile);
    }

    private ImmutableArray<string> FilesOf(FilePathCollection files)
    {
        _context.D8MirrorVerify(new() { Files = files });
        return Assert.IsType<MirrorVerifySettings>(_engine.Call.Settings).Files;
    }
}
