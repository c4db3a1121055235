using System.Text;
using System.Text.Json;
using Mirror.Engine.Bundles;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class GostSumsTests
{
    private const string Sum = "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500";

    public static TheoryData<string> Files { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "gostsum-file"
        && spec.Required.ValueKind == JsonValueKind.Object
        && spec.Required.TryGetProperty("verified", out _)
        && !spec.Required.TryGetProperty("optional", out _));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_sum_file_is_64_hex_digits_with_white_space_around_them_at_most(string id)
    {
        SpecCase spec = CaseFile.Push[id];

        string? sum = GostSums.Parse(Encoding.UTF8.GetBytes(SpecCase.Text(spec.Input, "checksumText")!));

        Assert.Equal(spec.Required.GetProperty("verified").GetBoolean(), sum == Sum);
    }

    [Fact]
    public void What_is_written_has_no_line_end_and_nothing_else()
    {
        Assert.Equal(Encoding.ASCII.GetBytes(Sum), GostSums.Content(Sum));
        Assert.Equal("platform.tar.0000.chunk.gostsum", BundleNames.Sum("platform.tar.0000.chunk"));
        Assert.Equal("platform.tar", BundleNames.SummedBy("platform.tar.gostsum"));
        Assert.Null(BundleNames.SummedBy("platform.tar"));
    }
}
