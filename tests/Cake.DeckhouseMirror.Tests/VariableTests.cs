using Cake.Core;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class VariableTests
{
    [Theory]
    [InlineData(PlatformFamily.Windows, true)]
    [InlineData(PlatformFamily.Linux, false)]
    public void Names_of_variables_have_no_case_on_Windows_only(PlatformFamily family, bool isFound)
    {
        TestEnvironment environment = new() { Family = family };
        environment.Variables["d8_log_level"] = "4";

        Assert.Equal(isFound, CakeVariables.Read(environment).ContainsKey("D8_LOG_LEVEL"));
    }

    [Fact]
    public void A_variable_without_a_value_is_empty()
    {
        TestEnvironment environment = new();
        environment.Variables["D8_LOG_LEVEL"] = null;

        Assert.Equal("", CakeVariables.Read(environment)["D8_LOG_LEVEL"]);
    }
}
