using System.Security.Cryptography;
using System.Text;
using Mirror.Engine.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Plan;

public sealed class StateIdTests
{
    private static readonly TaggedImage Release = new("platform.tar", "", "v1.70.0", Tiny.Digest('1'));
    private static readonly TaggedImage Channel = new("platform.tar", "release-channel", "stable", Tiny.Digest('2'));
    private static readonly TaggedImage Database = new("security.tar", "security/trivy-db", "2", Tiny.Digest('3'));

    [Fact]
    public void The_id_is_the_hash_of_path_tag_and_digest_in_ordinal_order()
    {
        string text = $" v1.70.0 {Release.Digest}\nrelease-channel stable {Channel.Digest}\n";
        string expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(expected, StateId.Compute([Channel, Release]));
        Assert.Equal(expected, StateId.Compute([Release, Channel]));
        Assert.Equal(expected[..12], StateId.Short(expected));
    }

    [Fact]
    public void Databases_have_an_id_of_their_own()
    {
        Assert.Equal(StateId.Compute([Release]), StateId.Compute([Release, Database]));
        Assert.Equal(StateId.ComputeDatabases([Database]), StateId.ComputeDatabases([Release, Database]));
        Assert.NotEqual(
            StateId.ComputeDatabases([Database]),
            StateId.ComputeDatabases([Database with { Digest = Tiny.Digest('4') }]));
    }

    [Fact]
    public void A_tag_that_moved_is_another_state() => Assert.NotEqual(
        StateId.Compute([Release, Channel]),
        StateId.Compute([Release, Channel with { Digest = Tiny.Digest('4') }]));

    [Theory]
    [InlineData("module-console.tar", "", "modules/console")]
    [InlineData("module-console.tar", "release", "modules/console/release")]
    [InlineData("module-console.tar", "modules/console/release", "modules/console/release")]
    [InlineData("security.tar", "trivy-db", "security/trivy-db")]
    [InlineData("platform.tar", "", "")]
    public void Bundles_of_both_forms_have_the_paths_of_an_edition(string archive, string path, string expected) =>
        Assert.Equal(expected, StateId.PathOf(archive, path));
}
