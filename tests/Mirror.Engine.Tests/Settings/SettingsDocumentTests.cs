using Mirror.Engine.Settings.Table;
using Mirror.Engine.Tests.Settings.Written;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class SettingsDocumentTests
{
    [Fact]
    public void Every_row_is_in_the_document_with_its_help()
    {
        string rendered = SettingsDocument.Render();

        Assert.All(SettingsTable.Rows, row =>
        {
            Assert.Contains($"`{row.Name}`", rendered, StringComparison.Ordinal);
            Assert.Contains(row.Help, rendered, StringComparison.Ordinal);
        });
    }
}
