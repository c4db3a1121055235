using Cake.Core;
using Mirror.Engine;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>Settings that select, typed, through the alias of a script.</summary>
public sealed class SelectionTests(SelectionSource source) : IClassFixture<SelectionSource>
{
    [Theory]
    [MemberData(nameof(SelectionRows.Names), MemberType = typeof(SelectionRows))]
    public void A_member_of_the_settings_changes_the_images_as_its_row_says(string name)
    {
        SelectionRow row = SelectionRows.Of(name);

        source.Check(row, run => Plan(ScriptSettings.From<D8MirrorPullSettings>(row.Settings(run))));
    }

    private static SelectionOutcome Plan(D8MirrorPullSettings settings)
    {
        try
        {
            return new SelectionOutcome([.. ImagesOf(new ScriptContext().D8MirrorPlan(settings))], []);
        }
        catch (CakeException exception) when (exception.InnerException is MirrorException mirror)
        {
            return new SelectionOutcome([], [.. mirror.Faults.Select(fault => fault.Code)]);
        }
    }

    private static IEnumerable<SelectedImage> ImagesOf(MirrorPlan plan) =>
        from archive in plan.Archives
        from layout in archive.Layouts
        from image in layout.Images
        select new SelectedImage(archive.Name, image.Repository, image.Tag, image.Digest.ToString());
}
