using System.Text.RegularExpressions;
using Mirror.Engine.Tests.Bundles;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class DamagedPushTests(DamagedPushes pushes) : IClassFixture<DamagedPushes>
{
    public static TheoryData<string, int> Damages
    {
        get
        {
            TheoryData<string, int> rows = [];
            foreach ((int number, BundleDamage damage) in BundleDamage.All.Index())
            {
                rows.Add(damage.Name, number);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void The_build_fails_with_the_code_and_names_project_file_and_item(string name, int number)
    {
        BundleDamage damage = BundleDamage.Of(name);

        IReadOnlyList<string> errors = pushes.ErrorsOf(number);

        Assert.NotEmpty(errors);
        string error = Assert.Single(
            errors,
            line => Regex.IsMatch(line, ErrorForm.Of(pushes.File, damage.Code), RegexOptions.NonBacktracking));
        Assert.Contains(damage.File, error, StringComparison.Ordinal);
        Assert.Contains(damage.Item, error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_push_succeeds_and_no_tag_or_manifest_reaches_the_target()
    {
        Assert.Equal(1, pushes.Build.ExitCode);
        Assert.Contains("next: nothing", pushes.Build.DistinctLinesWith("next: "));
        Assert.Empty(pushes.Build.DistinctLinesWith("pushed: "));
        Assert.Empty(pushes.Target.Dump());
        Assert.Empty(pushes.Target.Requests.Where(request => request.Method == "PUT" && request.IsManifest()));
    }

    [Fact]
    public void Only_the_damaged_layer_is_noticed_while_blobs_are_sent()
    {
        IEnumerable<string> seen = pushes.Target.Requests.All
            .Where(record => record.Method is "POST" or "PUT" or "PATCH")
            .Select(record => record.Path.Split('/')[3])
            .Distinct();

        Assert.Equal([$"damage-{NumberOf(damage => !damage.IsSeenBeforehand)}"], seen);
    }

    private static int NumberOf(Func<BundleDamage, bool> which) =>
        BundleDamage.All.Index().Single(pair => which(pair.Item)).Index;
}
