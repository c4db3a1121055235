using Mirror.Engine.Errors;
using Xunit;

namespace Mirror.Engine.Tests.Errors;

public sealed class FaultTests
{
    private static readonly Fault _named = new(
        "D8M3001",
        $"{SettingName.DeckhouseTag} is 'DeckhouseTag'.",
        $"Correct {SettingName.DeckhouseTag}, or set {SettingName.Without("Modules")}.");

    [Fact]
    public void Texts_name_the_members_of_settings()
    {
        Assert.Equal("DeckhouseTag is 'DeckhouseTag'.", _named.Message);
        Assert.Equal("Correct DeckhouseTag, or set Components without Modules.", _named.Advice);
        Assert.Equal($"D8M3001: {_named.Message} {_named.Advice}", _named.ToString());
        Assert.Equal(_named.ToString(), new MirrorException(_named).Message);
    }

    [Fact]
    public void A_front_end_puts_its_own_names_for_the_settings_and_for_nothing_else() => Assert.Equal(
        "<DeckhouseTag> is 'DeckhouseTag'. Correct <DeckhouseTag>, or set <Components without Modules>.",
        _named.TextFor(member => $"<{member}>"));

    [Fact]
    public void The_settings_are_those_that_the_texts_name_each_once_and_in_order() => Assert.Equal(
        [new SettingReference("DeckhouseTag"), new SettingReference("Components without Modules")], _named.Settings);

    [Fact]
    public void What_is_given_comes_before_what_the_texts_name()
    {
        Fault fault = _named with { Settings = [new("IncludeModules", "console"), new("DeckhouseTag", "v1")] };

        Assert.Equal(
            [
                new SettingReference("IncludeModules", "console"), new SettingReference("DeckhouseTag", "v1"),
                new SettingReference("Components without Modules"),
            ],
            fault.Settings);
    }

    [Fact]
    public void The_value_is_that_of_the_first_setting()
    {
        Assert.Equal(new SettingReference("DeckhouseTag", "v0"), _named.WithValue("v0").Settings[0]);
        Assert.Empty(new Fault("D8M3001", "Nothing is named.", "Wait.").WithValue("v0").Settings);
    }

    [Fact]
    public void A_changed_text_names_its_own_settings()
    {
        Fault quoting = new("D8M3001", "It failed.", $"{_named.QuotableAdvice} Or set {SettingName.Force}.");

        Assert.Equal(
            ["DeckhouseTag", "Components without Modules", "Force"],
            quoting.Settings.Select(setting => setting.Member));
        Assert.Equal(
            ["DeckhouseTag", "Source"],
            (_named with { Advice = $"See {SettingName.Source}." }).Settings.Select(setting => setting.Member));
    }

    [Fact]
    public void Faults_are_equal_if_codes_texts_and_settings_are()
    {
        Fault same = new(
            "D8M3001",
            $"{SettingName.DeckhouseTag} is 'DeckhouseTag'.",
            $"Correct {SettingName.DeckhouseTag}, or set {SettingName.Without("Modules")}.");

        Assert.Equal(_named, same);
        Assert.Equal(_named.GetHashCode(), same.GetHashCode());
        Assert.Equal(_named.WithValue("v1"), same.WithValue("v1"));
        Assert.NotEqual(_named.WithValue("v1"), same.WithValue("v2"));
        Assert.NotEqual(_named, new Fault("D8M3001", _named.Message, _named.Advice));
        Assert.Empty((same with { Message = "a", Advice = "b", Settings = default }).Settings);
    }

    [Theory]
    [InlineData("a \uFDD0 b")]
    [InlineData("a \uFDD1 b")]
    public void Half_a_mark_in_a_foreign_text_is_no_setting(string text)
    {
        Fault fault = new("D8M3001", text, "Wait.");

        Assert.Equal(text, fault.Message);
        Assert.Empty(fault.Settings);
    }
}
