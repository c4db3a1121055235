using System.Text;
using System.Text.Json;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Hashing;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>The sum files: what is written, and every form that is read.</summary>
public sealed class GostSumsCasesTests
{
    private const string Sum = "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500";
    private const string Other = "3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb";

    private const string File = "platform.tar";

    public static TheoryData<string> Names { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "gostsum-file" && SpecCase.Text(spec.Expected, "checksumFile") is not null);

    public static TheoryData<string> Files { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "gostsum-file"
        && spec.Required.ValueKind == JsonValueKind.Object
        && spec.Required.TryGetProperty("verified", out _));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_sum_file_holds_the_bare_sum_or_a_line_about_its_file(string id)
    {
        SpecCase spec = CaseFile.Push[id];

        string? sum = GostSums.Parse(Encoding.UTF8.GetBytes(SpecCase.Text(spec.Input, "checksumText")!), File);

        Assert.Equal(spec.Required.GetProperty("verified").GetBoolean(), sum == Sum);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sum_file_is_named_after_its_file(string id)
    {
        SpecCase spec = CaseFile.Push[id];

        Assert.Equal(
            SpecCase.Text(spec.Expected, "checksumFile"), BundleNames.Sum(SpecCase.Text(spec.Input, "file")!));
    }

    [Theory]
    [InlineData("gostsum-content")]
    public void A_sum_file_holds_the_sum_and_nothing_else(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        byte[] content = Convert.FromHexString(SpecCase.Text(spec.Input, "fileHex")!);

        Assert.Equal(
            SpecCase.Text(spec.Expected, "text"),
            Encoding.ASCII.GetString(GostSums.Content(Streebog.ComputeHex(content))));
    }

    [Theory]
    [InlineData($"{Sum}  platform.tar\n")]
    [InlineData($"{Sum} *./platform.tar\r\n")]
    [InlineData($"{Sum}  C:\\bundle\\platform.tar")]
    [InlineData($"GOST12-256 (/bundle/platform.tar) = {Sum}\n")]
    [InlineData($"md_gost12_256(platform.tar)= {Sum}\n")]
    [InlineData($"{Other}  installer.tar\n\n{Sum}  platform.tar\n")]
    public void The_lists_of_other_tools_are_read(string text) =>
        Assert.Equal(Sum, GostSums.Parse(Encoding.UTF8.GetBytes(text), File));

    [Theory]
    [InlineData($"{Other}  installer.tar\n")]
    [InlineData($"{Sum}  not-platform.tar\n")]
    [InlineData($"{Sum}  platform.tar\n{Other}  platform.tar\n")]
    [InlineData($"{Sum}  platform.tar\nand more\n")]
    [InlineData($"{Sum} platform.tar\n")]
    [InlineData($"({File}) = {Sum}")]
    [InlineData($"GOST12-256 ({File}) = ")]
    [InlineData("\n")]
    public void What_is_no_list_or_tells_nothing_certain_about_the_file_is_no_sum(string text) =>
        Assert.Null(GostSums.Parse(Encoding.UTF8.GetBytes(text), File));

    [Fact]
    public void What_is_written_has_no_line_end_and_nothing_else()
    {
        Assert.Equal(Encoding.ASCII.GetBytes(Sum), GostSums.Content(Sum));
        Assert.Equal("platform.tar.0000.chunk.gostsum", BundleNames.Sum("platform.tar.0000.chunk"));
        Assert.Equal("platform.tar", BundleNames.SummedBy("platform.tar.gostsum"));
        Assert.Null(BundleNames.SummedBy("platform.tar"));
    }
}
