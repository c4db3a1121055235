using Xunit;

namespace Mirror.Engine.Tests.Cases;

public sealed class CaseFileTests
{
    [Fact]
    public void Every_case_listed_as_different_exists_and_gives_a_reason() => Assert.All(
        CaseFile.Different,
        entry =>
        {
            Assert.Contains(CaseFile.Pull.Cases.Concat(CaseFile.Push.Cases), spec => spec.Id == entry.Key);
            Assert.NotEmpty(entry.Value);
        });
}
