using System.Reflection;
using System.Runtime.CompilerServices;
using Mirror.Engine;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Hosting.Tests;

/// <summary>A third front end does what the two of the project do, without the engine's internals.</summary>
public sealed class ConsoleFrontEndTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public void The_engine_does_not_show_its_internals_to_this_front_end() => Assert.DoesNotContain(
        typeof(ConsoleFrontEnd).Assembly.GetName().Name,
        typeof(MirrorEngine).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>()
            .Select(friend => friend.AssemblyName));

    [Fact]
    public async Task A_pull_and_a_verification_of_a_relative_folder_show_what_they_do()
    {
        await using TestRegistry registry = await StartAsync();

        Assert.Equal(0, Run(["pull", SourceOf(registry), "--bundle-directory=bundle", "--gost-digest", .. Platform]));
        Assert.Equal(0, Run("verify", "--bundle-directory=bundle"));

        Assert.True(File.Exists(_folder.Combine("bundle", "platform.tar.gostsum")));
        string[] lines = Lines(_output);
        Assert.Contains(lines, line => line.StartsWith($"Reading {registry.Host}/", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("[100%] ", StringComparison.Ordinal));
        Assert.EndsWith(" bytes transferred", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("/v2/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("4", LogDetail.Normal)]
    [InlineData("", LogDetail.Diagnostic)]
    public async Task Requests_are_shown_where_the_variable_or_the_program_asks_for_them(string level, LogDetail shown)
    {
        await using TestRegistry registry = await StartAsync();
        _environment["MIRROR_DEBUG_LOG"] = level;

        Assert.Equal(0, Run(shown, ["plan", SourceOf(registry), "--bundle-directory=bundle", .. Platform]));

        Assert.Contains("/v2/", _output.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("warning D8M2019: ", Assert.Single(Lines(_errors)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_that_is_none_is_a_warning()
    {
        _environment["MIRROR_DEBUG_LOG"] = "loud";

        Run("help");

        Assert.StartsWith(
            "warning D8M1002: The variable MIRROR_DEBUG_LOG is 'loud'", Assert.Single(Lines(_errors)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_shown_at_once_with_the_names_of_the_front_end()
    {
        int code = Run(
            "pull", "--max-connections=many", "--no-modules=perhaps", "--sauce=x", "--source-password=canary");

        string[] lines = Lines(_errors);
        Assert.Equal(1, code);
        Assert.Equal(5, lines.Length);
        foreach ((string fault, string name) in (ReadOnlySpan<(string, string)>)[
            (FaultCode.SecretInProperty, "--source-password"), (FaultCode.SettingMalformed, "'--sauce'"),
            (FaultCode.SettingMalformed, "--max-connections"), (FaultCode.SettingMalformed, "--no-modules"),
            (FaultCode.SettingMissing, "--bundle-directory")])
        {
            Assert.Single(lines, line => line.StartsWith($"error {fault}: ", StringComparison.Ordinal)
                && line.Contains(name, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("canary", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("D8Mirror", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_are_summarised_for_CI_and_one_that_is_cancelled_has_failed()
    {
        await using TestRegistry registry = await StartAsync();
        _environment["GITHUB_STEP_SUMMARY"] = _folder.Combine("summary.md");
        string[] arguments = ["pull", SourceOf(registry), "--bundle-directory=bundle", .. Platform];

        Assert.Equal(0, Run(arguments));
        Assert.Equal(1, Front().Run(arguments, new CancellationToken(canceled: true)));

        string summary = await File.ReadAllTextAsync(
            _folder.Combine("summary.md"), TestContext.Current.CancellationToken);
        Assert.StartsWith($"## Pull of {registry.Host}/deckhouse/ee", summary, StringComparison.Ordinal);
        Assert.Contains("\n## Pull: cancelled\n", summary, StringComparison.Ordinal);
        Assert.Equal(
            "error D8M8002: The pull was cancelled before it started. Run it again to finish it.", Lines(_errors)[^1]);
    }

    private static string[] Platform =>
    [
        "--insecure=true", "--no-modules=true", "--no-packages=true", "--no-security-db=true", "--no-installer=true",
        "--no-plugins=true", "--no-deckhouse-cli=true",
    ];

    private static string SourceOf(TestRegistry registry) => $"--source={registry.Host}/deckhouse/ee";

    private static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);

    private static string[] Lines(StringWriter writer) =>
        writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private int Run(params string[] arguments) => Run(LogDetail.Normal, arguments);

    private int Run(LogDetail shown, params string[] arguments) =>
        Front(shown).Run(arguments, TestContext.Current.CancellationToken);

    private ConsoleFrontEnd Front(LogDetail shown = LogDetail.Normal) =>
        new(_output, _errors, _folder.FullName, _environment) { Shown = shown };
}
