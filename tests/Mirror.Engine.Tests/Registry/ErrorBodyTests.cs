using System.Text;
using Mirror.Engine.Errors;
using Mirror.Engine.Registry.Wire;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class ErrorBodyTests
{
    [Theory]
    [InlineData("{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"},{\"code\":\"X\"}]}", "DENIED: no; X")]
    [InlineData("{\"errors\":[{\"message\":\"only words\"}, 7, null]}", "only words")]
    [InlineData("{\"errors\":[{\"code\":1,\"message\":{}}]}", "")]
    [InlineData("<html>\r\n<b>Bad \"gateway\"</b>\u001b[31m</html>", "<html> <b>Bad 'gateway'</b> [31m</html>")]
    [InlineData("right\u202eleft\u2028line", "right left line")]
    [InlineData("", "")]
    public void What_is_said_becomes_one_printable_line(string body, string text) =>
        Assert.Equal(text, TextOf(body));

    [Fact]
    public void Codes_are_known_in_any_case_and_denials_among_them()
    {
        ErrorBody body = ErrorBody.Parse("{\"errors\":[{\"code\":\"unauthorized\"}]}"u8.ToArray(), new Redactor());

        Assert.True(body.HasCode("UNAUTHORIZED"));
        Assert.True(body.IsDenial);
        Assert.False(ErrorBody.Empty.IsDenial);
    }

    [Fact]
    public void Long_and_deep_bodies_are_cut()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 5000));

        Assert.Equal(301, TextOf(new string('x', 50_000)).Length);
        Assert.StartsWith("[[[", TextOf(deep), StringComparison.Ordinal);
    }

    private static string TextOf(string body) =>
        ErrorBody.Parse(Encoding.UTF8.GetBytes(body), new Redactor()).Text;
}
