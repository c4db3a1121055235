using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Plan;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about the repositories that paths of a bundle go to.</summary>
public sealed class RoutingCasesTests
{
    private const string Tag = "v9";

    public static TheoryData<string> Routes { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "routing" && spec.Input.TryGetProperty("segment", out _));

    public static TheoryData<string> Suffixes { get; } = CaseFile.Push.Ids(spec => spec.Kind == "modules-suffix");

    [Theory]
    [MemberData(nameof(Routes))]
    public void A_path_has_its_repository(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string target = SpecCase.Text(spec.Input, "target")! + (id == "route-target-trailing-slash" ? "/" : "");
        string path = SpecCase.Text(spec.Input, "segment")!;

        string answer = RepositoryOf(target, SpecCase.Text(spec.Input, "modulesPathSuffix")!, path, out bool isWarned);

        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Wanted, "error") is { } error ? CodeOf(error) : WantedRepository(spec),
            answer);
        Assert.Equal(
            SpecCase.Any(spec.Wanted, "warning") == "True" || id == "route-suffix-lookalike", isWarned);
    }

    [Theory]
    [InlineData("route-order")]
    public void Tags_that_are_followed_come_after_the_images_they_describe(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        ArchiveContent archive = new("x.tar", [.. SpecCase.Strings(spec.Input, "segments").Select(path =>
            new LayoutContent(path, [Tiny.Image("", path.EndsWith("release", StringComparison.Ordinal)
                ? "alpha" : Tag, '1')]))]);

        MirrorPlan plan = new TargetPlanner(Access("r/ee", "/modules"), "ee").Plan("bundle", [archive]);

        CaseFile.CheckSet(
            spec,
            SpecCase.Strings(spec.Expected, "order").Select(path => path.Length == 0 ? "ee" : $"ee/{path}"),
            plan.Publications.Where(tag => tag.Stage != PublishStage.Discovery).Select(tag => tag.Repository));
        Assert.Equal(plan.Publications.OrderBy(tag => tag.Stage), plan.Publications);
        Assert.Equal(
            ["ee/modules/a-b/release", "ee/modules/a/release", "ee/release-channel"],
            plan.Publications.Where(tag => tag.Stage == PublishStage.Channel).Select(tag => tag.Repository));
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public void Modules_have_the_path_of_their_suffix(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        bool isOfOldVersions = SpecCase.Text(spec.Input, "root") is null;
        string root = SpecCase.Text(spec.Input, "root") ?? "registry.example.com/deckhouse/ee";
        string suffix = SpecCase.Text(spec.Input, "suffix")!;
        RegistryAccess target = Access(root, suffix);
        TargetTree tree = new(target, null);
        string path = $"{target.Host}/{tree.RepositoryOf("modules")}";
        if (isOfOldVersions)
        {
            // d8 0.29 to 0.33.4 ignored the suffix; required is what the newest does.
            Assert.Equal("as HEAD", spec.Required.GetString());
            Assert.Equal("registry.example.com/deckhouse/ee/my/mods", path);
            return;
        }

        Dictionary<string, string> answers = new()
        {
            ["root"] = target.Reference,
            ["path"] = path,
            ["moved"] = $"{tree.MovedModules is not null}",
            ["defaultPath"] = tree.MovedModules is { } moved ? $"{target.Host}/{moved.Standard}" : path,
            ["warningLine"] = $"{tree.MovedModules is not null}",
        };
        CaseFile.Check(
            spec,
            string.Join(' ', spec.Wanted.EnumerateObject().Select(member => SpecCase.Any(spec.Wanted, member.Name))),
            string.Join(' ', spec.Wanted.EnumerateObject().Select(member => answers[member.Name])));
    }

    private static string WantedRepository(SpecCase spec)
    {
        string reference = SpecCase.Text(spec.Expected, "repository")!;
        return SpecCase.Text(spec.Wanted, "default") ?? SpecCase.Text(spec.Wanted, "repository")
            // "The root rule of route-plugin applies": above the edition.
            ?? reference.Replace("/ee/deckhouse-cli/", "/deckhouse-cli/", StringComparison.Ordinal);
    }

    private static string RepositoryOf(string target, string suffix, string path, out bool isWarned)
    {
        isWarned = false;
        try
        {
            RegistryAccess access = Access(target, suffix);
            ArchiveContent platform = new("platform.tar",
            [
                new LayoutContent("install", [Tiny.Image("", "v1.69.0", '9')]),
                new LayoutContent("", [Tiny.Image("", "v1.69.0", '8')]),
            ]);
            ArchiveContent archive = new("x.tar",
            [
                new LayoutContent(path, [Tiny.Image("", Tag, '1')]),
                .. path.Length == 0 ? [new LayoutContent("release-channel", [])] : Array.Empty<LayoutContent>(),
            ]);
            MirrorPlan plan = new TargetPlanner(access, null).Plan("bundle", [platform, archive]);
            isWarned = plan.Notes.Any(fault => fault.Code == FaultCode.PathUnknown);
            return $"{access.Host}/{plan.Publications.Single(tag => tag.Tag == Tag).Repository}";
        }
        catch (MirrorException failure)
        {
            return Assert.Single(failure.Faults).Code;
        }
    }

    private static string CodeOf(string error) => error switch
    {
        "modules-path" => FaultCode.SettingMalformed,
        "repository-collision" => FaultCode.RepositoriesCollide,
        "unexpected-segment" => FaultCode.ArchiveHasNoPlace,
        _ => $"(no code for {error})",
    };

    private static RegistryAccess Access(string target, string suffix) => SettingsCheck.Check(
        new MirrorPushSettings
        {
            Target = target,
            BundleDirectory = SettingsTexts.Folder,
            ModulesPathSuffix = suffix,
        },
        SettingsTexts.NoVariables).Target;
}
