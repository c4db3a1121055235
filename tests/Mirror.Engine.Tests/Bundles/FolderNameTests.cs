using Mirror.Engine.Bundles.Format;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>What a name in a bundle folder is taken for.</summary>
public sealed class FolderNameTests
{
    [Theory]
    [InlineData("platform.tar")]
    [InlineData("module-console.tar")]
    [InlineData("module-foo.bar.tar")]
    [InlineData("d8.tar")]
    [InlineData("platform.tar.0000.chunk")]
    [InlineData("platform.tar.12345.chunk")]
    [InlineData("x.tar.0001.tar.0002.chunk")]
    public void An_archive_has_the_name_of_one(string name) => Demand(FolderNameKind.Archive, name);

    [Theory]
    [MemberData(nameof(LostNames.All), MemberType = typeof(LostNames))]
    public void Any_other_spelling_of_an_archive_is_a_suspect(string name) =>
        Demand(FolderNameKind.Suspect, name);

    [Theory]
    [InlineData("README.txt")]
    [InlineData("README")]
    [InlineData("LICENSE")]
    [InlineData("SHA256SUMS")]
    [InlineData("report.html")]
    [InlineData("platform.txt")]
    [InlineData("security.md")]
    [InlineData("module-list.csv")]
    [InlineData("how-to-use-tar.md")]
    [InlineData("mirror.targets")]
    [InlineData("airgap.proj")]
    [InlineData("pull.binlog")]
    [InlineData("photo (1).jpg")]
    [InlineData("notes.txt~")]
    [InlineData("Thumbs.db")]
    [InlineData("desktop.ini")]
    [InlineData(".DS_Store")]
    [InlineData("._README.txt")]
    [InlineData(".gitignore")]
    [InlineData(".d8mirror.lock")]
    [InlineData(".d8mirror.lock.holder")]
    [InlineData(".d8mirror.commit.part")]
    [InlineData("deckhousereleases.yaml")]
    [InlineData("deckhousereleases.yaml.part")]
    [InlineData("d8")]
    [InlineData("d8.exe")]
    [InlineData("star.bin")]
    [InlineData("start")]
    [InlineData("guitar")]
    [InlineData("starter.dat")]
    public void What_has_nothing_to_do_with_archives_may_lie_there(string name) => Demand(FolderNameKind.Other, name);

    [Theory]
    [InlineData("bundle.json", "bundle")]
    [InlineData("platform.tar.json", "platform.tar")]
    [InlineData("platform.tar.json.part", null)]
    [InlineData("platform.tar.gostsum", "platform.tar")]
    [InlineData("platform.tar.0003.chunk.gostsum", "platform.tar.0003.chunk")]
    [InlineData("platform.tar.sha256", "platform.tar")]
    [InlineData("platform.tar.sha512sum", "platform.tar")]
    [InlineData("platform.tar.MD5", "platform.tar")]
    [InlineData("platform.tar.asc", "platform.tar")]
    [InlineData("platform.tar.sig", "platform.tar")]
    [InlineData("platform.tar.torrent", "platform.tar")]
    [InlineData("platform.tar:Zone.Identifier", "platform.tar")]
    [InlineData("platform.tar\uf03aZone.Identifier", "platform.tar")]
    [InlineData("._platform.tar.json", "._platform.tar")]
    [InlineData("platform.tar.sync-conflict-20261130-120000-ABCDEFG.json",
        "platform.tar.sync-conflict-20261130-120000-ABCDEFG")]
    public void What_speaks_of_a_file_may_lie_there_and_is_known_to_belong_to_it(string name, string? of)
    {
        Demand(FolderNameKind.Companion, name);
        Assert.Equal(of, FolderName.Judge(name).Of);
    }

    [Theory]
    [InlineData("._platform.tar")]
    [InlineData("._platform.tar.0000.chunk")]
    [InlineData("._platform.tar.gz")]
    public void Files_of_macOS_beside_archives_are_known(string name) => Demand(FolderNameKind.AppleDouble, name);

    [Theory]
    [InlineData("bundle.zip")]
    [InlineData("mirror.7z")]
    [InlineData("disk.iso")]
    [InlineData("backup.gpg")]
    [InlineData("mirror.001")]
    [InlineData("xaa")]
    [InlineData("x00")]
    [InlineData("Copy of platform")]
    [InlineData("Kopie von module-console")]
    public void What_could_hold_anything_is_doubtful(string name) => Demand(FolderNameKind.Doubtful, name);

    [Theory]
    [InlineData("platform.tar.crdownload", "unfinished download")]
    [InlineData(".platform.tar.AbC123", "unfinished download")]
    [InlineData("platform.tar.gz", "compressed or encrypted")]
    [InlineData("platform.tar.gpg", "compressed or encrypted")]
    [InlineData("platform (1).tar", "renamed")]
    [InlineData("platform.tar.1", "renamed")]
    [InlineData("platform.tar.0000", "split")]
    [InlineData("platform.tar.icloud", "placeholder")]
    [InlineData("PLATFORM.TAR", "'platform.tar', spelled with other letters")]
    [InlineData("platform.tar ", "'platform.tar', spelled with other letters")]
    [InlineData("platform", "whose name was changed")]
    public void A_suspect_is_told_with_what_it_seems_to_be(string name, string seems) =>
        Assert.Contains(seems, FolderName.Judge(name).Seems, StringComparison.Ordinal);

    [Theory]
    [InlineData("a\u202eb\u0007.tar", @"a\u202Eb\u0007.tar")]
    [InlineData("платформа.tar", "платформа.tar")]
    public void A_name_is_shown_with_the_numbers_of_what_cannot_be_seen(string name, string shown) =>
        Assert.Equal(shown, FoldedName.Shown(name));

    [Fact]
    public void Any_text_is_judged_and_can_be_shown()
    {
        Random random = new(7);
        string[] pieces =
            ["platform", ".tar", "._", "%", "%2e", "\ud800", "\udc00", "\u0301", "\ufdfa", " (1)", ".json"];
        for (int round = 0; round < 20_000; round++)
        {
            string name = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ =>
                random.Next(3) > 0 ? pieces[random.Next(pieces.Length)] : $"{(char)random.Next(1, 0x10000)}"));

            Assert.NotNull(FolderName.Judge(name));
            Assert.NotEmpty(FoldedName.Shown(name));
        }
    }

    private static void Demand(FolderNameKind kind, string name) => Assert.Equal(kind, FolderName.Judge(name).Kind);
}
