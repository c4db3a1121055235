using System.Xml.Linq;
using Mirror.Engine.Settings.Table;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

public sealed class ParityTests
{
    private static readonly XElement _targets = XElement.Load(Path.Combine(
        SourceTree.Root, "src/Deckhouse.Mirror.MSBuild/build/Deckhouse.Mirror.MSBuild.targets"));

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void Every_setting_has_a_parameter_and_every_parameter_a_setting(Type task)
    {
        Assert.Equal(
            SettingsTable.RowsFor(VerbOf(task)).Select(row => (row.Name, row.IsList)).Order(),
            TaskValues.ParametersOf(task)
                .Select(parameter => (TaskValues.NameOf(parameter), parameter.PropertyType != typeof(string)))
                .Order());
    }

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void The_target_passes_every_parameter_from_its_property_or_items(Type task)
    {
        XElement call = Target(task.Name).Element(task.Name)!;
        IEnumerable<(string, string)> expected = TaskValues.ParametersOf(task)
            .Select(parameter => (parameter.Name, parameter.PropertyType == typeof(string)
                ? $"$({TaskValues.NameOf(parameter)})"
                : $"@({TaskValues.NameOf(parameter)});$({TaskValues.NameOf(parameter)})"))
            .Append((nameof(MirrorTask.ProjectFile), "$(MSBuildProjectFullPath)"))
            .Append((nameof(MirrorTask.SecretProperties), "@(_D8MirrorSecret)"));

        Assert.Equal(
            expected.Order(),
            call.Attributes().Select(attribute => (attribute.Name.LocalName, attribute.Value)).Order());
    }

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void The_target_takes_every_output(Type task) =>
        Assert.Equal(
            task.GetProperties()
                .Where(property => property.IsDefined(typeof(Microsoft.Build.Framework.OutputAttribute), inherit: true))
                .Select(property => property.Name)
                .Order(),
            Target(task.Name).Descendants("Output").Select(output => output.Attribute("TaskParameter")!.Value).Order());

    [Fact]
    public void Every_property_that_would_hold_a_secret_is_refused() =>
        Assert.Equal(
            SettingsTable.ForbiddenSecrets.Select(secret => $"{secret.Name}: '$({secret.Name})' != ''"),
            Target("_D8MirrorCheck").Descendants("_D8MirrorSecret")
                .Where(item => item.Attribute("Include") is not null)
                .Select(item => $"{item.Attribute("Include")!.Value}: {item.Attribute("Condition")!.Value}"));

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void No_parameter_takes_a_secret(Type task) =>
        Assert.DoesNotContain(
            SettingsTable.ForbiddenSecrets.Select(secret => secret.Name),
            TaskValues.ParametersOf(task).Select(TaskValues.NameOf).Contains);

    [Fact]
    public void Every_task_of_the_assembly_is_declared_and_runs_on_NET() =>
        Assert.Equal(
            typeof(MirrorTask).Assembly.GetExportedTypes()
                .Where(type => type.IsSubclassOf(typeof(MirrorTask)) && !type.IsAbstract)
                .Select(type => $"{type.FullName} on NET")
                .Order(),
            _targets.Elements("UsingTask")
                .Select(task => $"{task.Attribute("TaskName")!.Value} on {task.Attribute("Runtime")!.Value}")
                .Order());

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void The_target_runs_what_a_project_names_first_and_then_checks_what_has_to_hold(Type task) =>
        Assert.Equal(
            $"$({task.Name}DependsOn);_D8MirrorCheck", Target(task.Name).Attribute("DependsOnTargets")!.Value);

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void The_target_empties_every_item_list_that_it_fills(Type task)
    {
        XElement target = Target(task.Name);

        Assert.Equal(
            target.Descendants("Output").Select(output => output.Attribute("ItemName")?.Value).OfType<string>().Order(),
            target.Elements("ItemGroup").Elements()
                .Where(item => item.Attribute("Remove")!.Value == $"@({item.Name.LocalName})")
                .Select(item => item.Name.LocalName)
                .Order());
    }

    [Fact]
    public void No_target_runs_unless_it_is_asked_for() =>
        Assert.All(_targets.Elements("Target").Where(target => target != Target("_D8MirrorOnPublish")), target =>
        {
            Assert.Null(target.Attribute("BeforeTargets"));
            Assert.Null(target.Attribute("AfterTargets"));
        });

    [Fact]
    public void A_publish_runs_nothing_but_what_its_property_names()
    {
        XElement target = Target("_D8MirrorOnPublish");

        Assert.Empty(target.Elements());
        Assert.Equal("'$(_D8MirrorOnPublishTargets)' != ''", target.Attribute("Condition")!.Value);
        Assert.Equal("$(_D8MirrorOnPublishTargets)", target.Attribute("DependsOnTargets")!.Value);
    }

    private static SettingVerbs VerbOf(Type task) => task.Name switch
    {
        nameof(D8MirrorCheck) => SettingVerbs.Check,
        nameof(D8MirrorDiff) => SettingVerbs.Diff,
        nameof(D8MirrorInventory) => SettingVerbs.Inventory,
        nameof(D8MirrorLock) => SettingVerbs.Lock,
        nameof(D8MirrorLockCheck) => SettingVerbs.LockCheck,
        nameof(D8MirrorMerge) => SettingVerbs.Merge,
        nameof(D8MirrorPlan) => SettingVerbs.Plan,
        nameof(D8MirrorPull) => SettingVerbs.Pull,
        nameof(D8MirrorPush) => SettingVerbs.Push,
        nameof(D8MirrorSync) => SettingVerbs.Sync,
        nameof(D8MirrorVerify) => SettingVerbs.Verify,
        nameof(VerifyGostDigest) => SettingVerbs.VerifyGostDigest,
        _ => throw new ArgumentException(task.Name, nameof(task)),
    };

    private static XElement Target(string name) =>
        _targets.Elements("Target").Single(target => target.Attribute("Name")!.Value == name);
}
