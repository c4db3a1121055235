using Mirror.Engine.Errors;
using Xunit;

namespace Mirror.Engine.Tests.Errors;

public sealed class ItemCountTests
{
    [Theory]
    [InlineData(0, "images", "0 images")]
    [InlineData(1, "images", "1 image")]
    [InlineData(2, "images", "2 images")]
    [InlineData(1, "databases", "1 database")]
    [InlineData(1, "repositories", "1 repository")]
    [InlineData(12_345, "blobs", "12345 blobs")]
    public void One_thing_is_counted_in_the_singular(int count, string nouns, string expected) =>
        Assert.Equal(expected, ItemCount.Format(count, nouns));
}
