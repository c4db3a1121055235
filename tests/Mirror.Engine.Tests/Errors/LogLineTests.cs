using Mirror.Engine.Events;
using Xunit;

namespace Mirror.Engine.Tests.Errors;

public sealed class LogLineTests : IProgress<MirrorEvent>
{
    private readonly List<MirrorEvent> _events = [];

    public static TheoryData<string, string> Texts => new()
    {
        { "plain # text", "plain # text" },
        { "a ##vso[task.complete]b", "a # #vso[task.complete]b" },
        { "###teamcity[x]", "# # #teamcity[x]" },
        { "one\r\n::error::two", "one  ::error::two" },
        { "\e[31mred\0", " [31mred " },
        { "::add-mask::evil.tar", ": :add-mask::evil.tar" },
        { " \t::stop-commands::x", "  : :stop-commands::x" },
        { ":::error::x", ": : :error::x" },
        { "\u200b::error::x", " : :error::x" },
        { "[::1]:5000 and a::b", "[::1]:5000 and a::b" },
        { "evil\u202erat.exe\u2066a\u2028b", "evil rat.exe a b" },
    };

    void IProgress<MirrorEvent>.Report(MirrorEvent value) => _events.Add(value);

    [Theory]
    [MemberData(nameof(Texts))]
    public void Texts_of_others_stay_one_line_that_commands_nothing(string text, string line)
    {
        EventSink events = new(this);
        Fault fault = new("D8M2011", text, text);

        events.Milestone(text);
        events.Cause(text);
        events.Decision(text);
        events.Request(text);
        events.Warn(fault);

        Assert.Equal((line, line), (fault.Message, fault.Advice));
        Assert.Equal(
            [line, line, line, line, $"{line} {line}"], _events.Select(value => value.Message));
    }

    [Fact]
    public void A_fault_that_is_changed_keeps_its_other_texts()
    {
        Fault fault = new("D8M2011", "##a", "b");

        Assert.Equal(new Fault("D8M2012", "# #a", "c"), fault with { Code = "D8M2012", Advice = "c" });
        Assert.Equal("# #d", (fault with { Message = "##d" }).Message);
    }
}
