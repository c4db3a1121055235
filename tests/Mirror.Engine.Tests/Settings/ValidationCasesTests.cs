using System.Collections.Immutable;
using System.Text.Json;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

/// <summary>The cases of what d8 checks before a pull: each flag is the setting that has its name.</summary>
public sealed class ValidationCasesTests : IDisposable
{
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["include-module"] = "a",
        ["exclude-module"] = "b",
        ["include-package"] = "a",
        ["exclude-package"] = "b",
        ["include-platform"] = "^1.64.0",
        ["deckhouse-tag"] = "v1.65.0",
        ["since-version"] = "1.50.0",
        ["proxy-registry"] = "true",
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Ids => CaseFile.Pull.Ids(
        spec => spec.Kind == "validate" && State(spec) is null);

    public static TheoryData<string> Folders => CaseFile.Pull.Ids(
        spec => spec.Kind == "validate" && State(spec) is not null);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Ids))]
    public void Settings_pass_or_fail_as_the_flags_of_d8_do(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        CheckedPullSettings? order = null;
        ImmutableArray<Fault> faults = Faults(() => order = SettingsCheck.Check(
            SettingsTexts.Read([.. Values(spec).SelectMany(pair => pair.Value, (pair, text) => (pair.Key, text))]),
            SettingsTexts.NoVariables));

        CaseFile.Check(spec, Expected(spec), Outcome(spec, faults));
        if (SpecCase.Text(spec.Expected, "tmp_dir") is { } folder)
        {
            Assert.Equal(folder, order?.Settings.TmpDirectory);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_bundle_is_written_where_d8_writes_one(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        JsonElement options = spec.Input.GetProperty("options");
        string name = Assert.Single(SpecCase.Strings(options, "bundle_arg"));
        string path = name.StartsWith('.') ? name : _folder.Combine(name);
        Prepare(path, State(spec)!);
        SketchedSource source = new();
        source.Image("r/installer", ["latest"]);
        await using TestRegistry registry = await source.StartAsync();
        EngineRun run = new(registry.Host, path);
        run.Settings = run.Settings with
        {
            Source = new RegistryEndpoint($"{registry.Host}/{SketchedSource.Edition}"),
            Components = MirrorComponents.Installer,
            Force = SpecCase.Any(options, "force") == "True",
        };

        MirrorException? failure = await Record.ExceptionAsync(() => run.PullAsync()) as MirrorException;

        CaseFile.Check(spec, Expected(spec), Outcome(spec, failure?.Faults ?? []));
        Assert.Equal(failure is null, File.Exists(Path.Combine(path, "installer.tar")));
    }

    private static string? State(SpecCase spec) => spec.Input.TryGetProperty("options", out JsonElement options)
        ? SpecCase.Text(options, "state")
        : null;

    private static void Prepare(string path, string state)
    {
        switch (state)
        {
            case "missing":
                break;
            case "file":
                File.WriteAllText(path, "no folder");
                break;
            default:
                Directory.CreateDirectory(path);
                break;
        }

        switch (state)
        {
            case "dir-with-files":
                File.WriteAllText(Path.Combine(path, "notes.txt"), "unrelated");
                break;
            case "dir-with-only-.tmp-dir":
                Directory.CreateDirectory(Path.Combine(path, ".tmp"));
                break;
            case "dir-with-only-a-file-named-.tmp":
                File.WriteAllText(Path.Combine(path, ".tmp"), "no folder");
                break;
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> Values(SpecCase spec)
    {
        Dictionary<string, IReadOnlyList<string>> values = new()
        {
            ["D8MirrorBundleDirectory"] = [SettingsTexts.Folder],
        };
        if (spec.Input.TryGetProperty("options", out JsonElement options))
        {
            foreach (JsonProperty option in options.EnumerateObject())
            {
                values[Name(option.Name)] = option.Value.ValueKind switch
                {
                    JsonValueKind.Null => [],
                    JsonValueKind.Array => SpecCase.Strings(options, option.Name),
                    _ => [option.Value.ToString()],
                };
            }
        }

        foreach (string flag in SpecCase.Strings(spec.Input, "flags_present"))
        {
            values[Name(flag)] = [Samples[flag]];
        }

        return values;
    }

    private static string Name(string option) => option == "bundle_arg"
        ? "D8MirrorBundleDirectory"
        : SettingsTable.RowsFor(SettingVerbs.Pull)
            .First(row => row.Flag == "--" + option.Replace('_', '-')).Name;

    private static string Expected(SpecCase spec) => SpecCase.Text(spec.Expected, "error_kind") ?? "ok";

    private static string Outcome(SpecCase spec, ImmutableArray<Fault> faults)
    {
        string kind = Expected(spec);
        bool isKind = spec.Id == "bundle-two-args"
            ? faults.Any(fault => fault.Code == FaultCode.SettingMalformed && fault.Message.Contains("2 times"))
            : ErrorKinds.Find(kind, faults) is not null;
        return faults.IsEmpty ? "ok" : isKind ? kind : string.Join(' ', faults.Select(fault => fault.Code));
    }

    private static ImmutableArray<Fault> Faults(Action action) =>
        Record.Exception(action) is MirrorException failure ? failure.Faults : [];
}
