using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Texts;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class SettingTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1h0m0.5s", 3_600_500)]
    [InlineData("1.5s", 1_500)]
    [InlineData(".5s", 500)]
    [InlineData("5.s", 5_000)]
    [InlineData("250ms", 250)]
    [InlineData("1000us", 1)]
    [InlineData("1000\u00b5s", 1)]
    [InlineData("1000\u03bcs", 1)]
    [InlineData("1000000ns", 1)]
    [InlineData("30m1h", 5_400_000)]
    public void Go_durations_are_read(string text, double milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan value));
        Assert.Equal(milliseconds, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData(".s")]
    [InlineData("1.2.3s")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("5 s")]
    [InlineData("5S")]
    [InlineData("1d")]
    [InlineData("1e3s")]
    [InlineData("00:01:00")]
    [InlineData("99999999999999999999999999999999999999h")]
    [InlineData("9999999999h")]
    [InlineData("never")]
    public void Anything_else_is_no_duration(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("10", 10_000_000_000)]
    [InlineData("-1", -1_000_000_000)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("500 mb", 500_000_000)]
    [InlineData("1.5GB", 1_500_000_000)]
    [InlineData("4GiB", 4_294_967_296)]
    [InlineData("512B", 512)]
    [InlineData("3kB", 3_000)]
    [InlineData("3KiB", 3_072)]
    [InlineData("2TB", 2_000_000_000_000)]
    [InlineData("1TiB", 1_099_511_627_776)]
    [InlineData("0.5MiB", 524_288)]
    public void Sizes_are_gigabytes_or_carry_a_unit(string text, long bytes)
    {
        Assert.True(SizeText.TryParse(text, SizeText.Gigabyte, out long value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("GB")]
    [InlineData("1G")]
    [InlineData("1PB")]
    [InlineData("0.5B")]
    [InlineData("1.2.3GB")]
    [InlineData("ten")]
    [InlineData("1,5GB")]
    [InlineData("99999999999")]
    [InlineData("99999999999999999999999999999999999999GB")]
    public void Anything_else_is_no_size(string text) =>
        Assert.False(SizeText.TryParse(text, SizeText.Gigabyte, out _));

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("FALSE", false)]
    public void Booleans_are_read_in_any_case(string text, bool expected)
    {
        Assert.True(BooleanText.TryParse(text, out bool value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("yes")]
    [InlineData("truee")]
    public void Anything_else_is_no_boolean(string text) => Assert.False(BooleanText.TryParse(text, out _));

    [Theory]
    [InlineData("v033", true)]
    [InlineData("V025", true)]
    [InlineData("1", false)]
    [InlineData("V025,V033", false)]
    [InlineData("V026", false)]
    public void Choices_are_read_by_name_only(string text, bool isKnown) =>
        Assert.Equal(isKnown, TextKinds.Choice<SelectionRules>().Read("x", [text], out _) is null);

    [Theory]
    [InlineData("8", true)]
    [InlineData("-1", true)]
    [InlineData("8.0", false)]
    [InlineData("0x8", false)]
    [InlineData("1 000", false)]
    [InlineData("99999999999", false)]
    public void Numbers_are_whole(string text, bool isNumber) =>
        Assert.Equal(isNumber, TextKinds.Number.Read("x", [text], out _) is null);

    [Fact]
    public void A_quoted_text_stays_on_one_line_and_short()
    {
        string quoted = QuotedText.Quote("a\nb" + new string('c', 500));

        Assert.DoesNotContain('\n', quoted);
        Assert.True(quoted.Length < 100);
    }
}
