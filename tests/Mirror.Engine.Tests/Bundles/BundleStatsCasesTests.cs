using System.Text.Json;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>The case about what counts as an archive of a folder, with its size and files.</summary>
public sealed class BundleStatsCasesTests
{
    public static TheoryData<string> Ids => CaseFile.Pull.Ids("bundle-stats");

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_folder_has_archives_with_sizes_and_numbers_of_chunks(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        using TemporaryFolder folder = new();
        foreach (JsonProperty file in spec.Input.GetProperty("files").EnumerateObject())
        {
            File.WriteAllBytes(folder.Combine(file.Name), new byte[file.Value.GetInt32()]);
        }

        Array.ForEach(
            SpecCase.Strings(spec.Input, "directories"), name => Directory.CreateDirectory(folder.Combine(name)));
        BundleFolder sizes = new(new PhysicalDisk(), folder.FullName);

        var archives = new BundleSet(new PhysicalDisk())
            .Find(folder.FullName, [], TestContext.Current.CancellationToken).Select(archive => (
            archive.Name,
            Bytes: archive.Files.Sum(sizes.LengthOf),
            Chunks: archive.IsChunked ? archive.Files.Length : 0,
            Files: archive.Files.Length)).ToList();

        CaseFile.Check(
            spec,
            string.Join('\n', spec.Expected.GetProperty("artifacts").EnumerateArray()
                .Select(item => string.Join(' ', item.EnumerateObject().Select(member => member.Value.ToString())))
                .Append(SpecCase.Any(spec.Expected, "total")!)
                .Append(SpecCase.Any(spec.Expected, "physical_files")!)),
            string.Join('\n', archives.Select(archive => $"{archive.Name} {archive.Bytes} {archive.Chunks}")
                .Append($"{archives.Sum(archive => archive.Bytes)}")
                .Append($"{archives.Sum(archive => archive.Files)}")));
    }
}
