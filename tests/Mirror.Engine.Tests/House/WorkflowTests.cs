using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Mirror.Engine.Tests.House;

/// <summary>What can be checked of the public CI's workflow without running it.</summary>
public sealed partial class WorkflowTests
{
    private const string Workflow = ".github/workflows/ci.yml";

    private static readonly YamlMappingNode s_root = Read();

    [Fact]
    public void Each_script_that_it_names_exists_and_can_be_run()
    {
        var scripts = Steps("run").Concat(Values(s_root["jobs"]["others"]["strategy"]))
            .SelectMany(text => Script().Matches(text).Select(match => match.Value))
            .ToList();

        Assert.Superset(new HashSet<string> { ".ci/run", "./build.sh", "./build.ps1" }, scripts.ToHashSet());
        Assert.All(scripts, script =>
        {
            var path = RepositoryTree.PathOf(script);
            Assert.True(File.Exists(path), script);
            Assert.True(
                OperatingSystem.IsWindows()
                    || script.EndsWith(".ps1", StringComparison.Ordinal)
                    || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute),
                $"{script} is not executable");
        });
    }

    [Fact]
    public void Each_file_that_an_action_reads_exists() => Assert.All(
        Values(s_root).Where(value => value.EndsWith(".json", StringComparison.Ordinal)),
        file => Assert.True(File.Exists(RepositoryTree.PathOf(file)), file));

    [Fact]
    public void Each_action_is_pinned_to_a_commit() =>
        Assert.All(Steps("uses"), action => Assert.Matches("^[a-z-]+/[a-z-]+@[0-9a-f]{40}$", action));

    [Fact]
    public void It_may_read_the_repository_and_nothing_else()
    {
        var permissions = Assert.IsType<YamlMappingNode>(s_root["permissions"]);

        Assert.Equal("contents: read", string.Join(", ", permissions.Select(each => $"{each.Key}: {each.Value}")));
        Assert.All(Jobs(), job => Assert.False(job.Children.ContainsKey("permissions")));
    }

    private static YamlMappingNode Read()
    {
        var stream = new YamlStream();
        using var text = new StringReader(RepositoryTree.Read(Workflow));
        stream.Load(text);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Jobs() =>
        ((YamlMappingNode)s_root["jobs"]).Children.Values.Cast<YamlMappingNode>();

    // What the steps of all jobs say under a key; there is at least one.
    private static List<string> Steps(string key)
    {
        List<string> found =
        [
            .. Jobs().SelectMany(job => (YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>()
                .Where(step => step.Children.ContainsKey(key))
                .Select(step => step[key].ToString()),
        ];
        Assert.NotEmpty(found);
        return found;
    }

    private static IEnumerable<string> Values(YamlNode node) =>
        node.AllNodes.OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? "");

    [GeneratedRegex(@"(?<![\w./])\.(/|ci/)[\w./-]+", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Script();
}
