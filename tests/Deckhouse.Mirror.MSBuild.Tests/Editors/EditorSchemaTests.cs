using System.Text.Json;
using System.Text.RegularExpressions;
using Mirror.Engine.Settings.Table;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Editors;

public sealed partial class EditorSchemaTests
{
    private const string Targets = "src/Deckhouse.Mirror.MSBuild/build/Deckhouse.Mirror.MSBuild.targets";

    private static readonly string _path = Path.Combine(SourceTree.Root, Targets + ".buildschema.json");

    [Fact]
    public void Every_name_that_the_targets_read_or_give_is_completed_and_no_secret_is()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(_path));
        string targets = File.ReadAllText(Path.Combine(SourceTree.Root, Targets));

        Assert.Equal(
            PropertiesRead().Matches(targets).Select(match => match.Groups["name"].Value)
                .Concat(PropertiesGiven().Matches(targets).Select(match => match.Groups["name"].Value))
                .Except(SettingsTable.ForbiddenSecrets.Select(secret => secret.Name))
                .Except(["D8MirrorTaskAssembly"])
                .Distinct().Order(StringComparer.Ordinal),
            NamesOf(schema, "properties"));
        Assert.Equal(
            ItemsRead().Matches(targets).Select(match => match.Groups["name"].Value)
                .Distinct().Order(StringComparer.Ordinal),
            NamesOf(schema, "items"));
    }

    private static IEnumerable<string> NamesOf(JsonDocument schema, string kind) =>
        schema.RootElement.GetProperty(kind).EnumerateObject().Select(entry => entry.Name);

    [GeneratedRegex(
        @"\$\((?<name>(D8Mirror|VerifyGost)\w+)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PropertiesRead();

    [GeneratedRegex("PropertyName=\"(?<name>\\w+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PropertiesGiven();

    [GeneratedRegex(@"@\((?<name>D8Mirror\w+)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ItemsRead();
}
