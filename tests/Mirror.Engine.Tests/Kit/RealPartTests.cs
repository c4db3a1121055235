using Mirror.TestKit.Processes;
using Xunit;
using Xunit.Sdk;

namespace Mirror.Engine.Tests.Kit;

public sealed class RealPartTests
{
    [Fact]
    public void An_absent_part_is_named_and_skips_or_fails_as_the_environment_says()
    {
        var expected = RealParts.AreRequired ? typeof(FailException) : typeof(SkipException);
        try
        {
            RealPart.OrSkip("no-such-program");
        }
        catch (Exception exception) when (exception.GetType() == expected)
        {
            Assert.Contains(
                RealParts.AreLeftOut ? "no-such-program is left out" : "no-such-program is not installed",
                exception.Message);
            return;
        }

        Assert.Fail("An absent part went unnoticed.");
    }
}
