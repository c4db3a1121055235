using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class ComponentRuleTests
{
    [Theory]
    [InlineData("console", "console", null)]
    [InlineData(" console @ ^1.2.0 ", "console", "^1.2.0")]
    [InlineData("console@=a@b", "console", "=a@b")]
    public void A_text_converts_to_a_rule_with_its_name_and_constraint(string text, string name, string? constraint)
    {
        ComponentRule rule = text;

        Assert.Equal(name, rule.Name);
        Assert.Equal(constraint, rule.Constraint?.ToString());
        Assert.Equal(constraint is null ? name : $"{name}@{constraint}", rule.ToString());
        Assert.Equal(rule, ComponentRule.Parse(text));
    }

    [Fact]
    public void A_converted_text_equals_the_same_rule_made_in_code()
    {
        ComponentRule[] converted = ["console", " console @ ^1.2.0 "];
        ComponentRule[] made =
            [new ComponentRule("console"), new ComponentRule("console", VersionConstraint.Parse("^1.2.0"))];

        Assert.Equal(made, converted);
        Assert.Equal(made.Select(rule => rule.GetHashCode()), converted.Select(rule => rule.GetHashCode()));
        Assert.NotEqual(converted[0], converted[1]);
    }

    [Fact]
    public void A_malformed_rule_equals_no_other_that_was_written_differently()
    {
        Assert.Equal((ComponentRule)"console@", (ComponentRule)"console@");
        Assert.NotEqual((ComponentRule)"console", (ComponentRule)"console@");
        Assert.NotEqual((ComponentRule)"console@~x1", (ComponentRule)"console@~x2");
    }

    [Theory]
    [InlineData("", FaultCode.FilterMalformed, "Rule '' has no valid name: ''.")]
    [InlineData("console@ ", FaultCode.FilterMalformed, "Rule 'console@ ' has nothing after the '@'.")]
    [InlineData("Console@1.2", FaultCode.FilterMalformed, "Rule 'Console@1.2' has no valid name: 'Console'.")]
    [InlineData("console@v1.y", FaultCode.VersionMalformed, "Rule 'console@v1.y': ")]
    [InlineData("console@~x1", FaultCode.ConstraintMalformed, "Rule 'console@~x1': ")]
    public void Parse_refuses_a_malformed_text_which_the_conversion_keeps_as_written(
        string text, string code, string message)
    {
        Fault fault = Assert.Single(Assert.Throws<MirrorException>(() => ComponentRule.Parse(text)).Faults);

        Assert.Equal(code, fault.Code);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(text, ((ComponentRule)text).ToString());
    }

    [Fact]
    public void A_missing_text_is_reported_with_the_settings_as_an_empty_one_is()
    {
        Assert.Equal((ComponentRule)"", (ComponentRule)(string?)null);
        Assert.Equal(
            FaultCode.FilterMalformed,
            SettingsTexts.CheckFault(SettingsTexts.Valid with { IncludePackages = [null!] }).Code);
    }
}
