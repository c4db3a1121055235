using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;
using Xunit;
using Path = System.IO.Path;

namespace Cake.DeckhouseMirror.Tests;

public sealed class AliasTests
{
    private static readonly MethodInfo[] _aliases =
    [
        .. typeof(DeckhouseMirrorAliases)
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly),
    ];

    [Fact]
    public void There_are_these_aliases() => Assert.Equal(
        [
            "D8MirrorCheck(Action`1, String)",
            "D8MirrorCheck(D8MirrorCheckSettings)",
            "D8MirrorCheck(DirectoryPath, String)",
            "D8MirrorDiff(Action`1, String, String)",
            "D8MirrorDiff(D8MirrorDiffSettings)",
            "D8MirrorDiff(String, String)",
            "D8MirrorInventory(Action`1, FilePath)",
            "D8MirrorInventory(D8MirrorInventorySettings)",
            "D8MirrorInventory(String, FilePath)",
            "D8MirrorLock(Action`1, FilePath)",
            "D8MirrorLock(D8MirrorPullSettings)",
            "D8MirrorLock(FilePath, String)",
            "D8MirrorLockCheck(Action`1, FilePath)",
            "D8MirrorLockCheck(D8MirrorPullSettings)",
            "D8MirrorLockCheck(FilePath, String)",
            "D8MirrorMerge(Action`1, DirectoryPath)",
            "D8MirrorMerge(D8MirrorMergeSettings)",
            "D8MirrorMerge(DirectoryPathCollection, DirectoryPath)",
            "D8MirrorPlan(Action`1, DirectoryPath)",
            "D8MirrorPlan(D8MirrorPullSettings)",
            "D8MirrorPlan(DirectoryPath, String)",
            "D8MirrorPull(Action`1, DirectoryPath)",
            "D8MirrorPull(D8MirrorPullSettings)",
            "D8MirrorPull(DirectoryPath, String)",
            "D8MirrorPush(Action`1, DirectoryPath)",
            "D8MirrorPush(D8MirrorPushSettings)",
            "D8MirrorPush(DirectoryPath, String)",
            "D8MirrorPush(FilePathCollection, String)",
            "D8MirrorSync(Action`1, String)",
            "D8MirrorSync(D8MirrorSyncSettings)",
            "D8MirrorSync(String, String)",
            "D8MirrorVerify(Action`1, DirectoryPath)",
            "D8MirrorVerify(D8MirrorVerifySettings)",
            "D8MirrorVerify(DirectoryPath, FilePath)",
            "D8MirrorVerify(FilePathCollection, FilePath)",
            "VerifyGostDigest(Action`1, DirectoryPath)",
            "VerifyGostDigest(D8MirrorVerifyGostDigestSettings)",
            "VerifyGostDigest(DirectoryPath, FilePath)",
            "VerifyGostDigest(FilePathCollection, FilePath)",
        ],
        _aliases.Where(alias => !alias.Name.EndsWith("Async", StringComparison.Ordinal)).Select(Signature).Order());

    [Fact]
    public void Cake_finds_each_alias_with_a_category() => Assert.All(_aliases, alias =>
    {
        Assert.True(alias.IsDefined(typeof(CakeMethodAliasAttribute)), alias.Name);
        Assert.True(alias.IsDefined(typeof(ExtensionAttribute)), alias.Name);
        Assert.True(alias.IsDefined(typeof(CakeAliasCategoryAttribute)), alias.Name);
        Assert.Equal(typeof(ICakeContext), alias.GetParameters()[0].ParameterType);
    });

    [Fact]
    public void Each_alias_has_an_asynchronous_twin()
    {
        var async = _aliases.Where(alias => alias.Name.EndsWith("Async", StringComparison.Ordinal)).ToList();

        Assert.Equal(
            _aliases.Except(async).Select(alias => (Signature(alias), alias.ReturnType)).Order(),
            async.Select(alias => (
                Signature(alias).Replace("Async(", "(", StringComparison.Ordinal),
                alias.ReturnType.GenericTypeArguments.Single())).Order());
    }

    // The generator of Cake.Sdk reads the imports of methods, and not those of the class.
    [Fact]
    public void Each_alias_imports_what_scripts_need_to_name_every_type_of_settings_and_results()
    {
        string[] needed =
        [
            .. typeof(DeckhouseMirrorAliases).Assembly.GetExportedTypes()
                .Concat(typeof(Mirror.Engine.MirrorEngine).Assembly.GetExportedTypes())
                .Select(type => type.Namespace!)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

        Assert.All(_aliases, alias => Assert.Equal(
            needed,
            alias.GetCustomAttributes<CakeNamespaceImportAttribute>().Select(import => import.Namespace)
                .Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Each_alias_has_an_example_that_calls_it()
    {
        var members = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Cake.DeckhouseMirror.xml"))
            .Descendants("member")
            .Where(member => member.Attribute("name")!.Value.StartsWith(
                $"M:{typeof(DeckhouseMirrorAliases)}.", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(_aliases.Length, members.Count);
        Assert.All(members, member =>
        {
            string name = member.Attribute("name")!.Value.Split('(')[0].Split('.')[^1];
            Assert.Contains($" {name}(", member.Element("example")!.Element("code")!.Value);
        });
    }

    [Fact]
    public async Task Short_forms_name_the_folder()
    {
        ScriptContext context = new();
        CakeException[] failures =
        [
            Assert.Throws<CakeException>(() => context.D8MirrorVerify("missing")),
            await Assert.ThrowsAsync<CakeException>(() => context.D8MirrorVerifyAsync("missing")),
            Assert.Throws<CakeException>(() => context.VerifyGostDigest("missing")),
            await Assert.ThrowsAsync<CakeException>(() => context.VerifyGostDigestAsync("missing")),
            Assert.Throws<CakeException>(() => context.D8MirrorPush("missing", "127.0.0.1:9/ee")),
            await Assert.ThrowsAsync<CakeException>(() => context.D8MirrorPushAsync("missing", "127.0.0.1:9/ee")),
        ];

        Assert.All(failures, failure => Assert.Contains(
            "/scripts/airgap/missing", failure.InnerException!.Message));
    }

    [Fact]
    public async Task The_short_form_of_a_pull_has_a_folder_and_the_settings_that_are_default()
    {
        CakeException empty = Assert.Throws<CakeException>(() => Context().D8MirrorPull(""));
        CakeException named = await Assert.ThrowsAsync<CakeException>(() => Context().D8MirrorPullAsync("bundle"));

        string[] faults = empty.InnerException!.Message.Split('\n');
        Assert.Contains(faults, fault => fault.StartsWith("D8M1001: BundleDirectory", StringComparison.Ordinal));
        Assert.Equal(named.InnerException!.Message, faults[0]);
        Assert.StartsWith("D8M1002: The variable D8_MIRROR_TIMEOUT", faults[0]);
    }

    [Fact]
    public async Task The_short_forms_of_a_lock_name_its_file_and_the_source()
    {
        ScriptedEngine engine = new();
        ScriptContext context = new() { Engine = engine };
        D8MirrorPullSettings settings = new() { LockFile = "a.json" };

        context.D8MirrorLock(settings);
        context.D8MirrorLock("b.json", "registry.example/ce");
        context.D8MirrorLock(it => it.LockUpdate = ["platform"], "c.json");
        await context.D8MirrorLockAsync(settings);
        await context.D8MirrorLockAsync("b.json");
        await context.D8MirrorLockAsync(it => it.LockDatabases = true, "c.json");
        context.D8MirrorLockCheck(settings);
        context.D8MirrorLockCheck("b.json", "registry.example/ce");
        context.D8MirrorLockCheck(it => it.LockUpdate = ["platform"], "c.json");
        await context.D8MirrorLockCheckAsync(settings);
        await context.D8MirrorLockCheckAsync("b.json");
        await context.D8MirrorLockCheckAsync(it => it.LockDatabases = true, "c.json");

        Assert.Equal(
            [
                "lock a", "lock b", "lock c", "lock a", "lock b", "lock c",
                "check a", "check b", "check c", "check a", "check b", "check c",
            ],
            engine.Calls.Select(call =>
                $"{call.Verb} {Path.GetFileNameWithoutExtension(((MirrorPullSettings)call.Settings).LockFile)}"));
        Assert.All(engine.Calls, call => Assert.StartsWith(
            "/scripts/airgap/", ((MirrorPullSettings)call.Settings).LockFile, StringComparison.Ordinal));
        Assert.Equal(
            "registry.example/ce", ((MirrorPullSettings)engine.Calls[1].Settings).Source.Reference);
        Assert.Equal(["platform"], ((MirrorPullSettings)engine.Calls[8].Settings).LockUpdate);
        Assert.True(((MirrorPullSettings)engine.Calls[11].Settings).LockDatabases);
        Assert.Throws<ArgumentNullException>("lockFile", () => context.D8MirrorLockCheck((FilePath)null!));
    }

    [Fact]
    public async Task A_diff_takes_two_states_whose_paths_start_from_the_scripts_folder()
    {
        ScriptedEngine engine = new();
        ScriptContext context = new() { Engine = engine };

        context.D8MirrorDiff(new() { From = "bundle", To = MirrorDiffSettings.SourceSide });
        context.D8MirrorDiff("bundle", "source");
        context.D8MirrorDiff(it => it.To = "source", "bundle");
        await context.D8MirrorDiffAsync(new() { From = "bundle", To = "source" });
        await context.D8MirrorDiffAsync("bundle", "source");
        await context.D8MirrorDiffAsync(it => it.From = "bundle", to: "source");

        Assert.Equal(6, engine.Calls.Count);
        Assert.All(engine.Calls, call => Assert.Equal(
            ("diff", "/scripts/airgap/bundle", "source"),
            (call.Verb, ((MirrorDiffSettings)call.Settings).From, ((MirrorDiffSettings)call.Settings).To)));
    }

    [Fact]
    public async Task An_inventory_names_a_target_and_a_file()
    {
        ScriptedEngine engine = new();
        ScriptContext context = new() { Engine = engine };

        context.D8MirrorInventory(new() { Target = "a.example/ee", InventoryFile = "have.json" });
        context.D8MirrorInventory("a.example/ee", "have.json");
        context.D8MirrorInventory(it => it.Target = "a.example/ee", "have.json");
        await context.D8MirrorInventoryAsync(new() { Target = "a.example/ee", InventoryFile = "have.json" });
        await context.D8MirrorInventoryAsync("a.example/ee", "have.json");
        await context.D8MirrorInventoryAsync(it => it.Target = "a.example/ee", "have.json");

        Assert.Equal(6, engine.Calls.Count);
        Assert.All(engine.Calls.Select(call => (MirrorInventorySettings)call.Settings), settings => Assert.Equal(
            ("a.example/ee", "/scripts/airgap/have.json"), (settings.Target.Reference, settings.InventoryFile)));
        Assert.Throws<ArgumentNullException>("inventoryFile", () => context.D8MirrorInventory("a", (FilePath)null!));
    }

    [Fact]
    public async Task A_check_names_what_should_be_there_and_a_target()
    {
        ScriptedEngine engine = new();
        ScriptContext context = new() { Engine = engine };

        context.D8MirrorCheck(new() { BundleDirectory = "bundle", Target = "a.example/ee" });
        context.D8MirrorCheck("bundle", "a.example/ee");
        context.D8MirrorCheck(it => it.BundleDirectory = "bundle", "a.example/ee");
        await context.D8MirrorCheckAsync(new() { BundleDirectory = "bundle", Target = "a.example/ee" });
        await context.D8MirrorCheckAsync("bundle", "a.example/ee");
        await context.D8MirrorCheckAsync(it => it.BundleDirectory = "bundle", "a.example/ee");

        Assert.Equal(6, engine.Calls.Count);
        Assert.All(engine.Calls.Select(call => (MirrorCheckSettings)call.Settings), settings => Assert.Equal(
            ("/scripts/airgap/bundle", "a.example/ee"), (settings.BundleDirectory, settings.Target.Reference)));
        Assert.Throws<ArgumentNullException>("bundleDirectory", () => context.D8MirrorCheck((DirectoryPath)null!, "a"));
    }

    [Fact]
    public async Task A_merge_takes_folders_and_a_folder_to_write()
    {
        ScriptedEngine engine = new();
        ScriptContext context = new() { Engine = engine };

        context.D8MirrorMerge(new() { MergeFrom = ["delta", "full"], BundleDirectory = "merged" });
        context.D8MirrorMerge(["delta", "full"], "merged");
        context.D8MirrorMerge(it => it.MergeFrom = ["delta", "full"], "merged");
        await context.D8MirrorMergeAsync(new() { MergeFrom = ["delta", "full"], BundleDirectory = "merged" });
        await context.D8MirrorMergeAsync(["delta", "full"], "merged");
        await context.D8MirrorMergeAsync(it => it.MergeFrom = ["delta", "full"], "merged");

        Assert.Equal(6, engine.Calls.Count);
        Assert.All(engine.Calls.Select(call => (MirrorMergeSettings)call.Settings), settings =>
        {
            Assert.Equal(["/scripts/airgap/delta", "/scripts/airgap/full"], settings.MergeFrom);
            Assert.Equal("/scripts/airgap/merged", settings.BundleDirectory);
        });
        Assert.Throws<ArgumentNullException>(
            "mergeFrom", () => context.D8MirrorMerge((DirectoryPathCollection)null!, "merged"));
        Assert.Throws<ArgumentNullException>("bundleDirectory", () => context.D8MirrorMerge([], null!));
    }

    [Fact]
    public void What_is_missing_altogether_is_named()
    {
        ICakeContext context = new ScriptContext();

        Assert.Throws<ArgumentNullException>("context", () => ((ICakeContext)null!).D8MirrorPlan(new()));
        Assert.Throws<ArgumentNullException>(
            "settings", () => context.D8MirrorVerify((D8MirrorVerifySettings)null!));
        Assert.Throws<ArgumentNullException>(
            "configure", () => context.D8MirrorSync((Action<D8MirrorSyncSettings>)null!));
        Assert.Throws<ArgumentNullException>(
            "bundleDirectory", () => context.D8MirrorPush((DirectoryPath)null!, "registry.example/ee"));
        Assert.Throws<ArgumentNullException>(
            "files", () => context.D8MirrorPush((FilePathCollection)null!, "registry.example/ee"));
    }

    // A timeout that is none stops a pull before it asks the network for anything.
    private static ScriptContext Context()
    {
        ScriptContext context = new();
        context.Machine.Variables["D8_MIRROR_TIMEOUT"] = "soon";
        return context;
    }

    private static string Signature(MethodInfo alias) =>
        $"{alias.Name}({string.Join(", ", alias.GetParameters().Skip(1).Select(one => one.ParameterType.Name))})";
}
