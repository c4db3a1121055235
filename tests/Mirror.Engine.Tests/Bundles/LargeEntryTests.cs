using System.Formats.Tar;
using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>An archive with an entry over 8 GiB, as the layout plans it, in a file that is nearly all hole.</summary>
public sealed class LargeEntryTests : IDisposable
{
    private const long Large = (9L << 30) + 5;

    private static readonly byte[] Behind = Encoding.UTF8.GetBytes("what lies behind the large one");

    private readonly TemporaryFolder _folder = new();
    private readonly ArchiveLayout _layout = Layout();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Archive => _folder.Combine("large.tar");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GNU_tar_lists_it_and_extracts_the_entry_behind_it()
    {
        string tar = RealPart.OrSkip("tar");
        Write();
        ArchiveEntry last = _layout.Entries[^1];

        ToolResult list = await Tool.RunAsync(tar, ["--utc", "--numeric-owner", "-tvf", Archive], Cancellation);
        ToolResult content = await Tool.RunAsync(tar, ["-xOf", Archive, last.Path], Cancellation);

        Assert.Equal((0, ""), (list.ExitCode, list.Errors));
        Assert.Equal(
            _layout.Entries.Select(entry => $"{entry.Size} {entry.Path}"),
            Encoding.UTF8.GetString(list.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(fields => $"{fields[2]} {fields[^1]}"));
        Assert.Equal((0, ""), (content.ExitCode, content.Errors));
        Assert.Equal(Behind, content.Output);
    }

    [Fact]
    public void The_framework_finds_it_and_the_entry_behind_it()
    {
        Write();
        using FileStream file = File.OpenRead(Archive);
        using TarReader reader = new(file);
        List<(string, long, long)> found = [];
        byte[] last = [];
        while (reader.GetNextEntry() is { } entry)
        {
            found.Add((entry.Name, entry.Length, entry.DataOffset));
            last = new byte[entry.Length < 1000 ? entry.Length : 0];
            entry.DataStream?.ReadExactly(last);
        }

        Assert.Equal(_layout.Entries.Select(entry => (entry.Path, entry.Size, entry.DataOffset)), found);
        Assert.Equal(Behind, last);
    }

    private static ArchiveLayout Layout()
    {
        // Entries are in order of their digests.
        Digest first = Digest.Parse($"sha256:{new string('0', 64)}");
        Digest last = Digest.Parse($"sha256:{new string('f', 64)}");
        PlannedArchive archive = new()
        {
            Name = "platform.tar",
            Layouts =
            [
                new PlannedLayout
                {
                    Path = "install",
                    Images = [],
                    Blobs =
                    [
                        new PlannedBlob(first, Large, IsManifest: false, []),
                        new PlannedBlob(last, Behind.Length, IsManifest: false, []),
                    ],
                },
            ],
        };
        MirrorPlan plan = BundleLayout.WithSizes(new MirrorPlan { Source = "test", Archives = [archive], Blobs = [] });
        ArchiveLayout layout = BundleLayout.Create(plan)[0];
        Assert.Equal(plan.Archives[0].FileBytes, layout.Length);
        Assert.Equal([Large, Behind.Length], layout.Entries[2..].Select(entry => entry.Size));
        return layout;
    }

    private void Write()
    {
        using FileStream file = File.Create(Archive);
        file.SetLength(_layout.Length);
        foreach (ArchiveEntry entry in _layout.Entries)
        {
            file.Position = entry.HeaderOffset;
            file.Write(TarHeader.Create(entry.Path, entry.Size));
            if (entry.Size != Large)
            {
                file.Position = entry.DataOffset;
                file.Write(entry.IsBlob ? Behind : entry.Content.Span);
            }
        }
    }
}
