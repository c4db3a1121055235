using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

/// <summary>The cases about what a push is given; our settings have names where d8's arguments have places.</summary>
public sealed class ArgumentCasesTests
{
    public static TheoryData<string> Positional { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "arguments" && spec.Input.TryGetProperty("positional", out _)
        && !CaseFile.NotApplicable.ContainsKey(spec.Id));

    [Theory]
    [MemberData(nameof(Positional))]
    public void A_push_needs_a_target_and_archives(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Combine("platform.tar"), "x");
        string[] given = [.. SpecCase.Strings(spec.Input, "positional").Select(Placed)];
        MirrorPushSettings settings = new()
        {
            Target = new RegistryEndpoint(given.LastOrDefault() ?? ""),
            BundleDirectory = given.Length > 1 ? given[0] : "",
            Files = [.. SpecCase.Strings(spec.Input, "file").Select(Placed)],
        };

        string answer;
        try
        {
            MirrorPushSettings order = SettingsCheck.Check(settings, SettingsTexts.NoVariables).Settings;
            answer = string.Join(' ', new BundleSet(new PhysicalDisk())
                .Find(order.BundleDirectory, order.Files, TestContext.Current.CancellationToken)
                .Select(archive => archive.Name));
        }
        catch (MirrorException failure)
        {
            answer = failure.Faults[0].Code;
            Assert.Equal(id is "args-none" or "args-registry-is-last" ? 2 : 1, failure.Faults.Length);
        }

        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Wanted, "error") switch
            {
                null => string.Join(' ', SpecCase.Strings(spec.Wanted, "archives")),
                "argument-count" or "no-packages" => FaultCode.SettingMissing,
                _ => FaultCode.ReferenceMalformed,
            },
            answer);

        string Placed(string text) => text.Replace("<bundle>", folder.FullName, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("args-file-no-comma-split")]
    public void A_comma_is_part_of_a_file_name(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string file = Path.Combine(SettingsTexts.Root, spec.Input.GetProperty("argv")[1].GetString()!);

        MirrorPushSettings settings = SettingsTexts.Read<MirrorPushSettings>(
            SettingsTexts.NoVariables,
            ("D8MirrorFile", file),
            ("D8MirrorTarget", "registry.example.com/deckhouse"));

        CaseFile.CheckSet(
            spec,
            SpecCase.Strings(spec.Wanted, "files"),
            settings.Files.Select(path => Path.GetFileName(path)));
    }
}
