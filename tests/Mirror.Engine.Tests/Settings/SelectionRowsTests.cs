using Mirror.Engine.Settings.Table;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class SelectionRowsTests
{
    [Fact]
    public void Every_setting_of_a_pull_selects_by_a_row_or_is_named_as_selecting_nothing() => Assert.Equal(
        SettingsTable.RowsFor(SettingVerbs.Pull).Select(row => row.Name).Order(StringComparer.Ordinal),
        SelectionRows.All.Select(row => row.Name).Concat(SelectionRows.SelectingNothing)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_row_says_what_changes() => Assert.All(
        SelectionRows.All,
        row => Assert.True(row.EndsTagLists || row.Gone.Length + row.Added.Length > 0, row.Name));
}
