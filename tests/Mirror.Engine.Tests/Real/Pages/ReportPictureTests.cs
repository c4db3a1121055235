using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Mirror.Engine.Tests.House;
using Mirror.TestKit.Browser;
using Xunit;

namespace Mirror.Engine.Tests.Real.Pages;

/// <summary>The pictures of the pages in docs/images. With <c>UPDATE_DOCS=1</c> they are taken first.</summary>
/// <param name="pages">The pages.</param>
public sealed partial class ReportPictureTests(ReportPages pages) : IClassFixture<ReportPages>
{
    private const string Folder = "docs/images";

    private static readonly (string File, string Page, string Medium, string Scheme, int Width, int Height)[] All =
    [
        ("report.png", "pull", "screen", "light", 1280, 1000),
        ("report-dark.png", "push", "screen", "dark", 1280, 1000),
        ("report-narrow.png", "pull", "screen", "light", 390, 1100),
        ("report-print.png", "pull", "print", "light", 690, 980),
        ("report-failed.png", "failed", "screen", "light", 1280, 560),
        ("report-gost.png", "gost-failed", "screen", "light", 1280, 1460),
        ("review.png", "diff", "screen", "light", 1280, 1000),
    ];

    public static TheoryData<string> Files => [.. All.Select(picture => picture.File)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_picture_has_the_size_of_its_window(string file)
    {
        (_, string name, string medium, string scheme, int width, int height) =
            All.Single(picture => picture.File == file);
        string path = RepositoryTree.PathOf($"{Folder}/{file}");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            BrowserPage page = await pages.OpenChangedAsync(name, WithoutThisMachine, hasPolicy: true);
            await page.ShowAsAsync(medium, scheme, Cancellation);
            await page.ResizeAsync(width, height, Cancellation);
            await File.WriteAllBytesAsync(path, await page.DrawAsync(Cancellation), Cancellation);
        }

        byte[] picture = await File.ReadAllBytesAsync(path, Cancellation);

        // The header of a PNG file.
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)));
        Assert.Equal(height, BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20)));
    }

    [Fact]
    public void Every_picture_of_the_documents_is_taken_here() => Assert.Equal(
        All.Select(picture => picture.File).Order(StringComparer.Ordinal),
        Directory.GetFiles(RepositoryTree.PathOf(Folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    /// <summary>Ports, folders and the commit of the machine that takes a picture are not those of a reader.</summary>
    private static string WithoutThisMachine(string page) => CommitHash().Replace(
        TemporaryBundle().Replace(Address().Replace(page, Registry), "/srv/bundle"), "");

    private static string Registry(Match match)
    {
        string name = match.Groups["path"].Value switch
        {
            "mirror" => "registry.local/mirror",
            "deckhouse" => "registry.deckhouse.ru/deckhouse",
            _ => "registry.local",
        };
        return match.Value.Contains("<wbr />", StringComparison.Ordinal)
            ? name.Replace("/", "/<wbr />", StringComparison.Ordinal)
            : name;
    }

    [GeneratedRegex(
        @"127(\.(<wbr />)?0){2}\.(<wbr />)?1:(<wbr />)?\d+(/(<wbr />)?(?<path>deckhouse|mirror))?",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Address();

    [GeneratedRegex(
        @"(/(<wbr />)?\w+)+/(<wbr />)?mirror-(<wbr />)?test-(<wbr />)?\w+(/(<wbr />)?bundle)?",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex TemporaryBundle();

    [GeneratedRegex(@"(\+|&#x2B;)[0-9a-f]{40}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommitHash();
}
