using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>The list of what <c>./build.sh test --fast</c> leaves out.</summary>
public sealed class SlowTestsTests
{
    [Fact]
    public void Each_entry_has_a_reason_and_they_are_sorted()
    {
        Assert.All(SlowTests.Entries, entry => Assert.NotEmpty(entry.Reason));
        var names = SlowTests.Entries.Select(entry => entry.Name).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void Each_entry_names_tests_that_exist()
    {
        var files = RepositoryTree.Files("tests", ".cs").ToHashSet();

        Assert.All(SlowTests.Entries.Select(entry => entry.Name), name =>
        {
            var path = PathOf(name.TrimEnd('*').TrimEnd('.'));
            Assert.Contains(
                files,
                name.EndsWith(".*", StringComparison.Ordinal)
                    ? file => file.StartsWith(path + "/", StringComparison.Ordinal)
                        && file.EndsWith("Tests.cs", StringComparison.Ordinal)
                    : file => file == path + ".cs");
        });
    }

    // The folder of a namespace, or the file of a class, below tests/.
    private static string PathOf(string name)
    {
        var project = Directory.GetDirectories(RepositoryTree.PathOf("tests"))
            .Select(folder => Path.GetFileName(folder))
            .Single(folder => name.StartsWith(folder + ".", StringComparison.Ordinal));
        return $"tests/{project}/{name[(project.Length + 1)..].Replace('.', '/')}";
    }
}
