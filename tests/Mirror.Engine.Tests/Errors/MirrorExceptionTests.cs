using Xunit;

namespace Mirror.Engine.Tests.Errors;

public sealed class MirrorExceptionTests
{
    [Fact]
    public void Its_text_holds_the_cause_and_gives_no_command_to_a_CI_system_or_a_terminal()
    {
        IOException cause = new("line one\r\n##vso[task.complete]\n::error::x\n\e[2J");

        string text = new MirrorException(new Fault("D8M2001", "It failed.", "Wait."), cause).ToString();

        Assert.Contains("D8M2001: It failed. Wait.", text, StringComparison.Ordinal);
        Assert.Contains("line one\n# #vso[task.complete]\n: :error::x\n [2J", text, StringComparison.Ordinal);
    }
}
