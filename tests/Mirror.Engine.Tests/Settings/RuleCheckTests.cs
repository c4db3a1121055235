using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class RuleCheckTests
{
    [Theory]
    [InlineData("prometheus", "prometheus", null)]
    [InlineData(" prometheus @ ^1.2.0 ", "prometheus", "^1.2.0")]
    [InlineData("prometheus@=a@b", "prometheus", "=a@b")]
    public void A_rule_is_a_name_and_perhaps_a_constraint(string text, string name, string? constraint)
    {
        ComponentRule rule = Assert.Single(RuleReading.Of(text).Rules);

        Assert.Equal(name, rule.Name);
        Assert.Equal(constraint, rule.Constraint?.ToString());
    }

    [Theory]
    [InlineData("@^1.2.0", FaultCode.FilterMalformed, "Rule '@^1.2.0' has no valid name: ''.")]
    [InlineData("prometheus@ ", FaultCode.FilterMalformed, "Rule 'prometheus@ ' has nothing after the '@'.")]
    [InlineData("prometheus@~x1", FaultCode.ConstraintMalformed, "'~x1' is malformed")]
    public void A_malformed_rule_says_what_is_wrong(string text, string code, string message)
    {
        RuleReading reading = RuleReading.Of(text);

        Assert.Empty(reading.Rules);
        Fault fault = Assert.Single(reading.Faults);
        Assert.Equal(code, fault.Code);
        Assert.StartsWith("In IncludeModules: Rule ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
