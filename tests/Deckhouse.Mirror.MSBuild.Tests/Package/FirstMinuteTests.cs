using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// What README.md, the template and docs/carry.md tell a newcomer to do, in an empty folder and with an empty package
/// cache. Only the address of the source and the place of the packages are the test's.
/// </summary>
[Collection(SharedPackage.Name)]
public sealed class FirstMinuteTests(PackedPackage package) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_files_of_the_readme_plan_at_the_first_run_and_show_the_plan_where_a_terminal_would_hide_it()
    {
        await using TestRegistry source = await StartAsync();
        string readme = Page("README.md");
        Write("airgap.proj", CodeBlocks.After(readme, "`airgap.proj`:"));
        Write("NuGet.config", Replace(
            CodeBlocks.After(readme, "`NuGet.config`"),
            "/path/to/deckhouse-mirror/artifacts/packages",
            package.Folder));
        Write("Directory.Build.rsp", CodeBlocks.After(readme, "`Directory.Build.rsp`"));
        string command = CodeBlocks.After(readme, "Then plan, pull").Split('\n')[0];

        DotNetRun plan = await RunAsync(
            [.. Arguments(command), $"-p:D8MirrorSource=http://{source.Host}/deckhouse/ee"],
            [new("MSBUILDTERMINALLOGGER", "on")]);

        Assert.True(plan.ExitCode == 0, plan.Output);
        Assert.NotEmpty(plan.LinesWith("module-sds-local-volume.tar"));
        Assert.Single(plan.LinesWith("airgap -> "), line => line.Contains(" images in ", StringComparison.Ordinal));
        Assert.True(File.Exists(_folder.Combine("reports", "plan.html")), plan.Output);
    }

    [Fact]
    public async Task The_template_makes_a_project_that_pulls_and_whose_result_a_terminal_shows()
    {
        await using TestRegistry source = await StartAsync();
        string[] hive = ["--debug:custom-hive", _folder.Combine("hive")];
        string project = _folder.Combine("mirror");

        DotNetRun install = await RunAsync(["new", "install", package.File, .. hive], []);
        DotNetRun create = await RunAsync(
            [
                "new", "d8mirror", "--output", project, "--packages", package.Folder,
                "--source", $"http://{source.Host}/deckhouse/ee", .. hive,
            ],
            []);

        Assert.True(install.ExitCode == 0 && create.ExitCode == 0, install.Output + create.Output);
        Assert.Equal(
            [".gitignore", "Directory.Build.rsp", "NuGet.config", "mirror.proj"],
            Directory.GetFiles(project).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            CodeBlocks.After(Page("README.md"), "`airgap.proj`:"),
            Replace(
                await File.ReadAllTextAsync(
                    Path.Combine(project, "mirror.proj"), TestContext.Current.CancellationToken),
                $"http://{source.Host}/",
                "registry.deckhouse.ru/"));

        DotNetRun pull = await RunAsync(["build", project, "-t:D8MirrorPull", "-nodeReuse:false", "-tl:on"], []);

        Assert.True(pull.ExitCode == 0, pull.Output);
        Assert.NotEmpty(pull.LinesWith(" → "));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(project, "bundle"), "*.tar"));
    }

    [Fact]
    public async Task With_the_carried_folder_as_its_only_source_a_project_plans_and_the_manual_is_beside_the_tool()
    {
        await using TestRegistry source = await StartAsync();
        string page = Page("docs/carry.md");
        Write("NuGet.config", CodeBlocks.After(page, "`NuGet.config`"));
        Write("airgap.proj", CodeBlocks.After(Page("README.md"), "`airgap.proj`:"));
        Directory.CreateDirectory(_folder.Combine("packages"));
        File.Copy(package.File, _folder.Combine("packages", Path.GetFileName(package.File)));
        string command = CodeBlocks.After(page, "## Mirror with MSBuild").Split('\n')[0];
        Assert.Contains("D8MirrorVerify;D8MirrorPush", command);

        DotNetRun plan = await RunAsync(
            [
                .. Arguments(Replace(command, "D8MirrorVerify;D8MirrorPush", "D8MirrorPlan")),
                $"-p:D8MirrorSource=http://{source.Host}/deckhouse/ee",
            ],
            []);

        Assert.True(plan.ExitCode == 0, plan.Output);
        Assert.True(File.Exists(_folder.Combine(
            "cache", PackedPackage.Id.ToLowerInvariant(), package.Version, "docs", "errors.md")));
    }

    private static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);

    private static string Page(string path) => File.ReadAllText(Path.Combine(SourceTree.Root, path));

    private static string Replace(string text, string part, string by)
    {
        Assert.Contains(part, text);
        return text.Replace(part, by, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Arguments(string command)
    {
        string[] words = command.Split(' ');
        Assert.Equal("dotnet", words[0]);
        return words[1..].Select(word => word.Trim('"')).Append("-nodeReuse:false");
    }

    private void Write(string name, string content) => File.WriteAllText(_folder.Combine(name), content);

    private Task<DotNetRun> RunAsync(
        IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> variables) => DotNetRun.StartAsync(
        _folder.FullName,
        arguments,
        [.. variables, new("NUGET_PACKAGES", _folder.Combine("cache"))],
        TestContext.Current.CancellationToken);
}
