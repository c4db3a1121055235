using System.Collections.Immutable;
using System.Text.Json;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Which files are archives, and what chunks of a set read as.</summary>
public sealed class BundleSetTests
{
    public static TheoryData<string> Sets { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "chunk-read" && spec.Expected.TryGetProperty("stream", out _));

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_files_of_a_set_read_as_one_or_say_what_is_missing(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using TemporaryFolder folder = new();
        foreach (JsonProperty file in spec.Input.GetProperty("files").EnumerateObject())
        {
            File.WriteAllText(folder.Combine(file.Name), file.Value.GetString());
        }

        if (spec.Required.ValueKind == JsonValueKind.Object)
        {
            Fault fault = Assert.Single(Assert.Throws<MirrorException>(() => Find(folder.FullName)).Faults);
            Assert.Equal(FaultCode.ChunkMissing, fault.Code);
            Assert.Contains("0001", fault.Message, StringComparison.Ordinal);
            return;
        }

        using IDiskFile file1 = ChunkedFile.OpenRead(new PhysicalDisk(), Assert.Single(Find(folder.FullName)));
        Assert.Equal(SpecCase.Text(spec.Expected, "stream"), Text(file1));
    }

    [Fact]
    public void A_set_may_be_read_across_the_borders_of_its_chunks_from_any_offset()
    {
        using TemporaryFolder folder = new();
        string[] chunks = ["abc", "", "d", "efgh", ""];
        for (int number = 0; number < chunks.Length; number++)
        {
            File.WriteAllText(folder.Combine(BundleCopy.ChunkOf("p.tar", number)), chunks[number]);
        }

        using IDiskFile file = ChunkedFile.OpenRead(new PhysicalDisk(), Assert.Single(Find(folder.FullName)));

        Assert.Equal(8, file.Length);
        Assert.All(Enumerable.Range(0, 8), offset =>
        {
            byte[] one = new byte[1];
            Assert.Equal(1, file.Read(one, offset));
            Assert.Equal("abcdefgh"[offset], (char)one[0]);
        });
        Assert.Equal(0, file.Read(new byte[1], 8));
    }

    [Theory]
    [InlineData("module-foo-1.chunk", FaultCode.ArchiveNameUnknown)]
    [InlineData("platform.tar.chunk000", FaultCode.ArchiveNameUnknown)]
    [InlineData("PLATFORM.TAR", FaultCode.ArchiveNameUnknown)]
    [InlineData("security.tar.tmp", FaultCode.BundleUnfinished)]
    [InlineData("security.tar.0000.chunk.tmp", FaultCode.BundleUnfinished)]
    [InlineData("security.tar.part", FaultCode.BundleUnfinished)]
    [InlineData(".d8mirror.commit", FaultCode.BundleUnfinished)]
    public void What_only_looks_like_an_archive_is_not_passed_over(string name, string code)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Combine("platform.tar"), "x");
        File.WriteAllText(folder.Combine(name), "x");

        Assert.Equal(code, Assert.Single(Assert.Throws<MirrorException>(() => Find(folder.FullName)).Faults).Code);
    }

    [Fact]
    public void What_is_left_of_an_earlier_pull_beside_the_finished_archive_is_no_concern()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Combine("platform.tar"), "x");
        File.WriteAllText(folder.Combine("platform.tar.part"), "x");

        Assert.Equal("platform.tar", Assert.Single(Find(folder.FullName)).Name);
    }

    [Fact]
    public void An_archive_given_in_two_ways_is_one_and_two_of_one_name_are_a_fault()
    {
        using TemporaryFolder folder = new();
        using TemporaryFolder other = new();
        File.WriteAllText(folder.Combine("platform.tar"), "x");
        File.WriteAllText(other.Combine("platform.tar"), "x");

        Assert.Single(Find(folder.FullName, folder.Combine("platform.tar")));
        MirrorException failure = Assert.Throws<MirrorException>(() =>
            Find(folder.FullName, other.Combine("platform.tar")));
        Assert.Equal(FaultCode.ArchiveAmbiguous, Assert.Single(failure.Faults).Code);
    }

    [Fact]
    public void Every_file_that_is_none_is_told_at_once()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Combine("notes.txt"), "x");

        MirrorException failure = Assert.Throws<MirrorException>(() => Find(
            folder.Combine("missing"), folder.Combine("notes.txt"), folder.Combine("missing.tar")));

        Assert.Equal(
            [FaultCode.NoArchives, FaultCode.ArchiveNameUnknown, FaultCode.NoArchives],
            failure.Faults.Select(fault => fault.Code));
    }

    private static ImmutableArray<StoredArchive> Find(string folder, params ImmutableArray<string> files) =>
        new BundleSet(new PhysicalDisk()).Find(folder, files, TestContext.Current.CancellationToken);

    private static string Text(IDiskFile file)
    {
        byte[] content = new byte[file.Length];
        int done = 0;
        while (done < content.Length)
        {
            done += file.Read(content.AsSpan(done), done);
        }

        return System.Text.Encoding.UTF8.GetString(content);
    }
}
