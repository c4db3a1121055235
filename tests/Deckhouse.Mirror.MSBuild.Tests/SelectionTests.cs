using System.Reflection;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>
/// Settings that select, by their names in a project. That the targets pass each of them is the parity tests' matter.
/// </summary>
public sealed class SelectionTests(SelectionSource source) : IClassFixture<SelectionSource>
{
    [Theory]
    [MemberData(nameof(SelectionRows.Names), MemberType = typeof(SelectionRows))]
    public void A_property_or_item_changes_the_images_as_its_row_says(string name)
    {
        SelectionRow row = SelectionRows.Of(name);

        source.Check(row, run => Plan(row.Texts(run)));
    }

    private static SelectionOutcome Plan(Dictionary<string, string> texts)
    {
        RecordingBuildEngine build = new();
        D8MirrorPlan task = new()
        {
            BuildEngine = build,
            ProjectFile = TaskRun.ProjectFile,
            Variables = new Dictionary<string, string>(),
        };
        foreach (PropertyInfo parameter in TaskValues.ParametersOf(typeof(D8MirrorPlan)))
        {
            if (texts.Remove(TaskValues.NameOf(parameter), out string? text))
            {
                parameter.SetValue(task, parameter.PropertyType == typeof(string) ? text : ItemsOf(text));
            }
        }

        Assert.Empty(texts);
        bool isDone = task.Execute();
        Assert.Equal(isDone, !build.Errors.Any());

        return new SelectionOutcome(
            [.. task.Images.Select(ImageOf)], [.. build.Errors.Select(error => error.Code)]);
    }

    private static ITaskItem[] ItemsOf(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(item => new TaskItem(item))];

    private static SelectedImage ImageOf(ITaskItem item) => new(
        item.GetMetadata("Archive"),
        item.GetMetadata("Repository"),
        item.GetMetadata("Tag"),
        item.GetMetadata("Digest"));
}
