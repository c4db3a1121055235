using Mirror.Engine;

namespace Mirror.Hosting.Tests;

/// <summary>
/// A front end for a terminal, of the engine's public surface alone (docs/architecture.md#write-a-front-end):
/// <c>pull --source=registry.example/deckhouse/ee --bundle-directory=bundle --include-module=console</c>.
/// </summary>
/// <param name="output">Where events go.</param>
/// <param name="errors">Where warnings and errors go.</param>
/// <param name="directory">The folder that relative paths start from.</param>
/// <param name="environment">The environment variables; by default those of the process.</param>
internal sealed class ConsoleFrontEnd(
    TextWriter output, TextWriter errors, string directory, IReadOnlyDictionary<string, string>? environment = null)
{
    // Settings have the names of docs/settings.md, written as options: IncludeModule is --include-module.
    private static readonly SettingNames Names = new(name => "--" + string.Concat(name.Select((character, index) =>
        char.IsUpper(character) && index > 0 ? $"-{character}" : $"{character}")).ToLowerInvariant());

    /// <summary>From which detail on events are left out.</summary>
    public LogDetail Shown { get; init; } = LogDetail.Normal;

    /// <summary>Runs a verb.</summary>
    /// <param name="arguments">The verb and its settings, each as <c>name=value</c>; a repeated name is a list.</param>
    /// <param name="stop">Cancels the run.</param>
    /// <returns>The exit code.</returns>
    public int Run(string[] arguments, CancellationToken stop)
    {
        MirrorHost host = new(Write, path => Path.GetFullPath(path, directory), environment);
        IEnumerable<KeyValuePair<string, string>> values = arguments.Skip(1).Select(argument => argument.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair.Length == 2 ? pair[1] : "true"));
        try
        {
            output.WriteLine(host.Run(async (engine, progress) => arguments.FirstOrDefault() switch
            {
                "plan" => TextOf(await engine.PlanAsync(Read<MirrorPullSettings>(), progress, stop)),
                "pull" => TextOf(await engine.PullAsync(Read<MirrorPullSettings>(), progress, stop)),
                "push" => TextOf(await engine.PushAsync(Read<MirrorPushSettings>(), progress, stop)),
                "sync" => TextOf(await engine.SyncAsync(Read<MirrorSyncSettings>(), progress, stop)),
                "verify" => TextOf(await engine.VerifyAsync(Read<MirrorVerifySettings>(), progress, stop)),
                _ => "Usage: plan|pull|push|sync|verify --NAME=VALUE...",
            }));
            return 0;
        }
        catch (MirrorException failure)
        {
            foreach (Fault fault in failure.Faults)
            {
                errors.WriteLine($"error {TextOf(fault)}");
            }

            return 1;
        }

        TSettings Read<TSettings>()
            where TSettings : MirrorSettings, new() => host.Read<TSettings>(Names, values);
    }

    private static string TextOf(MirrorPlan plan) =>
        $"{plan.ImageCount} images, {plan.TransferBytes} bytes to download";

    private static string TextOf(MirrorReport report) =>
        $"{report.Plan.ImageCount} images, {report.TransferredBytes} bytes transferred";

    private static string TextOf(Fault fault) => $"{fault.Code}: {fault.TextFor(Names.NameOf)}";

    private void Write(MirrorEvent value, LogDetail detail)
    {
        if (value is WarningRaised warning)
        {
            errors.WriteLine($"warning {TextOf(warning.Fault)}");
        }
        else if (detail <= Shown)
        {
            output.WriteLine(value is TransferProgressed progress
                ? $"[{100 * progress.DoneBytes / long.Max(progress.TotalBytes, 1),3}%] {progress.Message}"
                : value.Message);
        }
    }
}
