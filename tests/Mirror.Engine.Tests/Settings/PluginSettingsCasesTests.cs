using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class PluginSettingsCasesTests
{
    [Theory]
    [InlineData("plugin-flags-1")]
    [InlineData("plugin-flags-2")]
    [InlineData("plugin-flags-3")]
    public void Plugins_and_extra_images_exclude_each_other_as_in_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        var options = spec.Input.GetProperty("options");
        MirrorPullSettings settings = SettingsTexts.Valid with
        {
            OnlyExtraImages = options.TryGetProperty("only_extra_images", out var only) && only.GetBoolean(),
            IncludePlugins = [.. SpecCase.Strings(options, "include_plugin").Select(ComponentRule.FromString)],
        };

        MirrorException? refusal = Record.Exception(() => SettingsTexts.Check(settings)) as MirrorException;

        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Expected, "error_kind") is null ? "ok" : FaultCode.SettingsConflict,
            refusal is null ? "ok" : Assert.Single(refusal.Faults).Code);
    }
}
