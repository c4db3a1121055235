using System.Diagnostics;
using System.Text;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class KitProgramTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mirror.TestKit.dll");

    // The SDK tells its children where it lies; it need not be on the search path.
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    [Fact]
    public async Task It_serves_until_its_input_closes_and_can_be_dumped_meanwhile()
    {
        using var folder = new TemporaryFolder();
        using var serving = Process.Start(new ProcessStartInfo(Dotnet)
        {
            ArgumentList =
            {
                Program, "serve", "--until-stdin-closes",
                "--ready-file", folder.Combine("ready"), "--request-log", folder.Combine("log"),
            },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var line = await serving.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("listening on 127.0.0.1:", line);
            var host = line!["listening on ".Length..];
            var dump = await RunAsync("dump", "--registry", host);
            var printed = Encoding.UTF8.GetString(dump.Output)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry.TrimEnd('\r').Split(' '))
                .Select(parts => new SourceReference(parts[0], parts[1], parts[2]));

            Assert.Equal(SourceListing.Load().Where(item => item.Tag is not null).ToHashSet(), printed.ToHashSet());
            serving.StandardInput.Close();
            await serving.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, serving.ExitCode);
            Assert.Equal(host, (await ReadAsync(folder.Combine("ready"))).Trim());
            Assert.Contains("GET /v2/_catalog?n=100 - 200", await ReadAsync(folder.Combine("log")));
        }
        finally
        {
            if (!serving.HasExited)
            {
                serving.Kill();
            }
        }
    }

    [Fact]
    public async Task Discarding_it_keeps_nothing_and_says_in_the_end_what_it_took()
    {
        using var serving = Process.Start(new ProcessStartInfo(Dotnet, [Program, "discard", "--until-stdin-closes"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var line = await serving.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            var content = SmallContent.WithTags("one");
            using (var filler = new RegistryFiller(line!["listening on ".Length..]))
            {
                await filler.FillAsync(content, TestContext.Current.CancellationToken);
            }

            serving.StandardInput.Close();
            var end = await serving.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await serving.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal($"took 2 blobs of {SmallContent.Layer.Length + SmallContent.Config.Length} bytes", end.Trim());
            Assert.Equal(0, serving.ExitCode);
        }
        finally
        {
            if (!serving.HasExited)
            {
                serving.Kill();
            }
        }
    }

    [Fact]
    public async Task Without_arguments_it_explains_itself_and_with_wrong_ones_it_says_which()
    {
        var help = await RunAsync();
        var wrong = await RunAsync("serve", "--sauce", "mini");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("--ready-file", Encoding.UTF8.GetString(help.Output));
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("unknown option --sauce", wrong.Errors);
    }

    private static Task<string> ReadAsync(string path) =>
        File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    private static Task<ToolResult> RunAsync(params string[] arguments) =>
        Tool.RunAsync(Dotnet, [Program, .. arguments], TestContext.Current.CancellationToken);
}
