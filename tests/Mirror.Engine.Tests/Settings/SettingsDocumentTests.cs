using Mirror.Engine.Settings.Table;
using Mirror.Engine.Tests.House;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class SettingsDocumentTests
{
    [Fact]
    public void The_committed_document_is_what_the_table_says()
    {
        string path = RepositoryTree.PathOf("docs/settings.md");
        string rendered = SettingsDocument.Render().ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, rendered);
        }

        Assert.Equal(rendered, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

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
