using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;
using Mirror.Engine.Tests.House;

namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>Writes docs/settings.md: the prose of a template around the tables that the code holds.</summary>
internal static class SettingsDocument
{
    private const string Template = "tests/Mirror.Engine.Tests/Settings/settings-template.md";

    public static string Render() => File.ReadAllText(RepositoryTree.PathOf(Template)).ReplaceLineEndings("\n")
        .Replace("{{Source}}", Table(EndRows.Source), StringComparison.Ordinal)
        .Replace("{{Target}}", Table(EndRows.Target), StringComparison.Ordinal)
        .Replace("{{Bundle}}", Table(BundleFileRows.All), StringComparison.Ordinal)
        .Replace("{{Push}}", Table(PushRows.All), StringComparison.Ordinal)
        .Replace("{{Connection}}", Table(ConnectionRows.All), StringComparison.Ordinal)
        .Replace("{{Pull}}", Table(PullRows.All), StringComparison.Ordinal)
        .Replace("{{Review}}", Table(ReviewRows.All), StringComparison.Ordinal)
        .Replace("{{Delta}}", Table(DeltaRows.All), StringComparison.Ordinal)
        .Replace("{{Results}}", Results(), StringComparison.Ordinal)
        .Replace("{{Secrets}}", Secrets(), StringComparison.Ordinal);

    private static string Table(ImmutableArray<SettingRow> rows)
    {
        StringBuilder text = Head("MSBuild", "Record member", "d8", "Value", "Default", "Verbs", "Meaning");
        foreach (SettingRow row in rows)
        {
            AppendRow(
                text,
                row.IsList ? $"items {Code(row.Name)}" : Code(row.Name),
                Code(row.Member),
                string.Join(", ", row.Variables.Prepend(row.Flag).Where(name => name.Length > 0).Select(Code)),
                row.Range.Length > 0 ? $"{Value(row.Kind)}: {row.Range}" : Value(row.Kind),
                row.Default.Length > 0 ? Code(row.Default) : row.DefaultNote.Length > 0 ? row.DefaultNote : "none",
                Verbs(row),
                row.Help);
        }

        return text.ToString().TrimEnd();
    }

    // A dry run and a lock take what a pull takes, and a diff takes most of it, which is said once in the text; here
    // they are named by the settings of their own.
    private static string Verbs(SettingRow row) => string.Join(", ", new[]
    {
        (row.Member.StartsWith("Lock", StringComparison.Ordinal) ? SettingVerbs.Lock : SettingVerbs.None, "lock"),
        (row.Verbs.HasFlag(SettingVerbs.Pull) ? SettingVerbs.None : SettingVerbs.Diff, "diff"),
        (SettingVerbs.Pull, "pull"), (SettingVerbs.Push, "push"), (SettingVerbs.Sync, "sync"),
        (SettingVerbs.Verify, "verify"), (SettingVerbs.VerifyGostDigest, "verify GOST"),
        (SettingVerbs.Inventory, "inventory"), (SettingVerbs.Check, "check"), (SettingVerbs.Merge, "merge"),
    }.Where(verb => verb.Item1 != SettingVerbs.None && row.Verbs.HasFlag(verb.Item1)).Select(verb => verb.Item2));

    private static string Results()
    {
        StringBuilder text = Head("MSBuild", "Meaning", "Metadata");
        foreach (ProjectName name in ProjectName.Items.Concat(ProjectName.Properties).Where(name => name.IsResult))
        {
            AppendRow(
                text,
                ProjectName.Items.Contains(name) ? $"items {Code(name.Name)}" : Code(name.Name),
                name.Description,
                string.Join(", ", name.Metadata.Select(Code)));
        }

        return text.ToString().TrimEnd();
    }

    private static string Secrets()
    {
        StringBuilder text = Head("Property", "Where the secret belongs");
        foreach (ForbiddenSecret secret in SettingsTable.ForbiddenSecrets)
        {
            AppendRow(text, Code(secret.Name), $"the variable {Code(secret.Variable)}");
        }

        return text.ToString().TrimEnd();
    }

    private static StringBuilder Head(params ReadOnlySpan<string> titles)
    {
        StringBuilder text = new();
        AppendRow(text, titles);
        foreach (string _ in titles)
        {
            text.Append("| --- ");
        }

        return text.Append("|\n");
    }

    private static void AppendRow(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        foreach (string cell in cells)
        {
            text.Append("| ").Append(cell.Replace("|", "\\|", StringComparison.Ordinal)).Append(' ');
        }

        text.Append("|\n");
    }

    private static string Code(string text) => $"`{text}`";

    private static string Value(SettingKind kind) => kind switch
    {
        SettingKind.Removal => "boolean",
        SettingKind.VariableName => "variable name",
        SettingKind.Texts => "list",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
