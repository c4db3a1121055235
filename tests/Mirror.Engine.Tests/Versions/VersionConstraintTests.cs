using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Versions;

public sealed class VersionConstraintTests
{
    [Fact]
    public void The_text_is_given_back_without_blanks_around_it() =>
        Assert.Equal(">=1.2.0 <1.5.0", VersionConstraint.Parse("  >=1.2.0 <1.5.0 ").ToString());

    [Theory]
    [InlineData(">=1.70 <1.72", true)]
    [InlineData(">=soon", false)]
    [InlineData("", false)]
    public void A_text_converts_and_what_is_wrong_with_it_stays_until_settings_are_checked(string text, bool isValid)
    {
        VersionConstraint constraint = text;

        Assert.Equal(isValid, constraint.Fault is null);
        Assert.Equal(isValid, VersionConstraint.TryParse(text, out _));
        Assert.Equal(text, $"{constraint}");
    }

    [Fact]
    public void No_text_is_no_constraint() => Assert.Null((VersionConstraint?)(string?)null);

    [Fact]
    public void Constraints_with_the_same_text_are_equal()
    {
        Assert.Equal(VersionConstraint.Parse("^1.2.0"), VersionConstraint.Parse(" ^1.2.0"));
        Assert.NotEqual(VersionConstraint.Parse("^1.2.0"), VersionConstraint.Parse("^1.2"));
    }

    [Theory]
    [InlineData("1.2.0", SelectionRules.V025, "1.2.0 1.9.0", "1.1.0 2.0.0")]
    [InlineData("1.2.0", SelectionRules.V033, "1.2.0 1.9.0", "1.1.0 2.0.0")]
    [InlineData("0.4.0", SelectionRules.V025, "0.4.0 0.4.9", "0.5.0")]
    [InlineData("v0.4.0", SelectionRules.V033, "0.4.0 0.5.0", "0.3.9 1.0.0")]
    [InlineData("0.0.3", SelectionRules.V025, "0.0.3", "0.0.4")]
    [InlineData("0.0.3", SelectionRules.V033, "0.0.3 0.0.4 0.1.0", "1.0.0")]
    [InlineData("1.2.0-rc.1", SelectionRules.V033, "1.2.0-rc.1 1.2.0 1.3.0-rc.1", "1.2.0-alpha 2.0.0-rc.1")]
    [InlineData("0.4.x", SelectionRules.V025, "0.4.9", "0.5.0")]
    [InlineData("0.4.x", SelectionRules.V033, "0.4.9 0.5.0", "1.0.0")]
    [InlineData("*", SelectionRules.V025, "0.1.0 7.0.0", "")]
    [InlineData("*", SelectionRules.V033, "0.1.0 7.0.0", "")]
    [InlineData("=1.2", SelectionRules.V033, "1.2.0", "1.2.1")]
    [InlineData("=custom", SelectionRules.V025, "", "0.0.0 1.0.0")]
    public void A_constraint_admits_versions_by_the_rules(
        string constraint,
        SelectionRules rules,
        string admitted,
        string refused)
    {
        Assert.All(Words(admitted), version => Assert.True(Admits(constraint, version, rules), version));
        Assert.All(Words(refused), version => Assert.False(Admits(constraint, version, rules), version));
    }

    [Theory]
    [InlineData("=", FaultCode.FilterMalformed, "names no tag")]
    [InlineData("=+stable", FaultCode.FilterMalformed, "names no tag")]
    [InlineData(" ", FaultCode.FilterMalformed, "empty version constraint")]
    [InlineData("latest", FaultCode.VersionMalformed, "'latest' is not a version")]
    [InlineData("1.2 - 1.4", FaultCode.VersionMalformed, "is not a version")]
    [InlineData("^^1.2", FaultCode.ConstraintMalformed, "'^^1.2' is malformed")]
    [InlineData(">=1.2\r\n<=one", FaultCode.ConstraintMalformed, "'>=1.2  <=one' is malformed")]
    public void A_malformed_constraint_says_what_is_wrong_and_what_to_write(string text, string code, string message)
    {
        Fault fault = Assert.Single(Assert.Throws<MirrorException>(() => VersionConstraint.Parse(text)).Faults);
        Assert.Equal(code, fault.Code);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Advice);
        Assert.False(VersionConstraint.TryParse(text, out _));
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_and_not_repeated_whole()
    {
        string text = ">=1.0.0" + new string(' ', VersionConstraint.MaxLength) + "<2.0.0";
        Fault fault = Assert.Single(Assert.Throws<MirrorException>(() => VersionConstraint.Parse(text)).Faults);
        Assert.Equal(FaultCode.FilterMalformed, fault.Code);
        Assert.True(fault.Message.Length < 200, fault.Message);
    }

    [Fact]
    public void No_text_at_all_is_no_constraint() => Assert.False(VersionConstraint.TryParse(null, out _));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Admits(string constraint, string text, SelectionRules rules)
    {
        Assert.True(SemanticVersion.TryParse(text, out SemanticVersion? version));
        return VersionConstraint.Parse(constraint).Admits(version, rules);
    }
}
