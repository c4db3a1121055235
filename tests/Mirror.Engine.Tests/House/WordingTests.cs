using Xunit;

namespace Mirror.Engine.Tests.House;

public sealed class WordingTests
{
    [Theory]
    [InlineData("x is no tag", "'is no': is not a (valid)")]
    [InlineData("Nobody reads it", "'Nobody': no one, or the thing that does not")]
    [InlineData("and whoever asks", "'whoever': the user, the client")]
    [InlineData("The caller is told.", "'is told': is reported, is notified")]
    [InlineData("3 blobs are left.", "'are left': remaining, remain")]
    [InlineData("x cannot be had", "'cannot be had': cannot be downloaded")]
    [InlineData("is spoken to over HTTP", "'is spoken to': uses, is connected to")]
    [InlineData("Mend what is named above", "'Mend what': fix the errors")]
    public void A_phrase_is_found_and_its_alternative_is_named(string text, string expected)
    {
        Assert.Equal([$"a.md(1): {expected}"], Wording.InPage("a.md", text));
        Assert.Equal([$"a.cs(1): {expected}"], Wording.InLiterals("a.cs", $"var text = \"{text}\";"));
    }

    [Theory]
    [InlineData("It is no longer used and is no more than 3. There is no target, and there\nis no source.")]
    [InlineData("Tests are left out; files are left\nunchanged.")]
    [InlineData("This nation; is not; nobodys; untold")]
    public void A_phrase_of_plain_English_is_not_found(string text) => Assert.Empty(Wording.InPage("a.md", text));

    [Fact]
    public void A_phrase_over_two_lines_is_found_at_the_first() => Assert.Equal(
        ["a.md(2): 'is no': is not a (valid)", "a.md(4): 'is told': is reported, is notified"],
        Wording.InPage("a.md", "first\nthis is\nno tag\nis told\n"));

    [Fact]
    public void Only_literals_of_a_source_file_count() => Assert.Equal(
        ["a.cs(3): 'nobody': no one, or the thing that does not"],
        Wording.InLiterals("a.cs", "// nobody\n/* whoever */ var nobody = 'x';\nvar text = $@\"a nobody\";\n"));

    [Fact]
    public void Pages_and_messages_are_written_in_plain_technical_English()
    {
        var found = RepositoryTree.AllFiles().Where(Wording.IsPage)
            .SelectMany(path => Wording.InPage(path, RepositoryTree.Read(path)))
            .Concat(RepositoryTree.Files("src", ".cs")
                .SelectMany(path => Wording.InLiterals(path, RepositoryTree.Read(path))))
            .ToList();

        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
