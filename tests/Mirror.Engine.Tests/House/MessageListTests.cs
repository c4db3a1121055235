using System.Reflection;
using Xunit;

namespace Mirror.Engine.Tests.House;

public sealed class MessageListTests
{
    [Theory]
    [InlineData("""Fault f = new(FaultCode.X, $"'{name}' is" + " bad.", "Fix.");""", "X: '{name}' is bad. | Fix.")]
    [InlineData("""F f = new(FaultCode.X, a ? "One." : "Two.", Advice(b,  c));""", "X: [One. / Two.] | {Advice(b, c)}")]
    [InlineData("""events.Cause($"Retrying {what}.");""", "Cause: Retrying {what}.")]
    [InlineData("""throw new IOException($"'{path}' is a pipe");""", "IOException: '{path}' is a pipe")]
    public void A_message_is_listed_with_its_place(string code, string expected) =>
        Assert.Equal([$"a.cs(2): {expected}"], MessageList.Read("a.cs", $"// first\n{code}"));

    [Theory]
    [InlineData("// new Fault(FaultCode.X, \"a\", \"b\")")]
    [InlineData("var text = \"no message\"; list.Add(\"value\");")]
    public void Other_text_is_not_listed(string code) => Assert.Empty(MessageList.Read("a.cs", code));

    [Fact]
    public void The_list_has_the_messages_of_the_whole_engine()
    {
        string[] listed = [.. MessageList.OfSources().Select(line => line.Split(": ")[1]).Distinct()];
        string sources = string.Concat(RepositoryTree.Files("src", ".cs").Select(RepositoryTree.Read));

        Assert.Empty(typeof(FaultCode).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.Name)
            .Where(code => sources.Contains($"FaultCode.{code},", StringComparison.Ordinal))
            .Except(listed));
    }
}
