using System.Xml.Linq;
using Mirror.Engine.Settings;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

public sealed class ParityTests
{
    private static readonly XElement _targets = XElement.Load(Path.Combine(
        SourceTree.Root, "src/Deckhouse.Mirror.MSBuild/build/Deckhouse.Mirror.MSBuild.targets"));

    public static TheoryData<Type> Tasks => [typeof(D8MirrorPlan), typeof(D8MirrorPull)];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_setting_has_a_parameter_and_every_parameter_a_setting(Type task)
    {
        SettingVerbs verb = task == typeof(D8MirrorPlan) ? SettingVerbs.Plan : SettingVerbs.Pull;

        Assert.Equal(
            SettingsTable.Of(verb).Select(row => (row.Name, row.IsList)).Order(),
            TaskValues.ParametersOf(task)
                .Select(parameter => (TaskValues.NameOf(parameter), parameter.PropertyType != typeof(string)))
                .Order());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void The_target_passes_every_parameter_from_its_property_or_items(Type task)
    {
        XElement call = Target(task.Name).Element(task.Name)!;
        IEnumerable<(string, string)> expected = TaskValues.ParametersOf(task)
            .Select(parameter => (parameter.Name, parameter.PropertyType == typeof(string)
                ? $"$({TaskValues.NameOf(parameter)})"
                : $"@({TaskValues.NameOf(parameter)})"))
            .Append((nameof(MirrorTask.ProjectFile), "$(MSBuildProjectFullPath)"));

        Assert.Equal(
            expected.Order(),
            call.Attributes().Select(attribute => (attribute.Name.LocalName, attribute.Value)).Order());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
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

    [Fact]
    public void No_parameter_takes_a_secret() =>
        Assert.DoesNotContain(
            SettingsTable.ForbiddenSecrets.Select(secret => secret.Name),
            TaskValues.ParametersOf(typeof(D8MirrorPull)).Select(TaskValues.NameOf).Contains);

    [Fact]
    public void No_target_runs_unless_it_is_asked_for() =>
        Assert.All(_targets.Elements("Target"), target =>
        {
            Assert.Null(target.Attribute("BeforeTargets"));
            Assert.Null(target.Attribute("AfterTargets"));
        });

    private static XElement Target(string name) =>
        _targets.Elements("Target").Single(target => target.Attribute("Name")!.Value == name);
}
