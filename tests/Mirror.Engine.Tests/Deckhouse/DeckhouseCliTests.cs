using Mirror.Engine.Report;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Report;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Which image of the Deckhouse CLI is taken, and what is reported when there is none.</summary>
public sealed class DeckhouseCliTests
{
    private const string Archive = "deckhouse-cli.tar";
    private const string Layout = "deckhouse-cli";
    private const string Repository = "r/deckhouse-cli";
    private const MirrorComponents Wanted = MirrorComponents.DeckhouseCli | MirrorComponents.Installer;

    private readonly SketchedSource _source = new();

    public DeckhouseCliTests() => _source.Image("r/installer", ["latest"]);

    [Theory]
    [InlineData("v0.9.0 v0.10.0 v0.10.1-rc.1", "v0.10.0")]
    [InlineData("v0.33.11 0.34.0", "0.34.0")]
    [InlineData("0.34.0 v0.34.0", "v0.34.0")]
    [InlineData("v1 v2.0 v03.0.0 latest main pr12345 v0.1.0", "v0.1.0")]
    [InlineData("1.2 v1.2.0", "v1.2.0")]
    public async Task Without_a_tag_it_is_the_newest_stable_version_among_all_tags(string tags, string expected)
    {
        Publish(tags.Split(' '));

        MirrorPlan plan = await PlanAsync();

        Assert.Equal([expected], plan.Tags(Archive, Layout));
        Assert.Empty(plan.Notes);
        Assert.Equal(
            (Repository, "Deckhouse CLI"),
            (plan.Images(Archive, Layout)[0].Repository, plan.Images(Archive, Layout)[0].Reason));
    }

    [Theory]
    [InlineData("", 0, "deckhouse-cli does not exist")]
    [InlineData("latest v1 v0.2.0-rc.1", 0, "no stable version among its 3 tags")]
    [InlineData("v0.1.0", 401, "access to ")]
    [InlineData("v0.1.0", 403, "is denied (D8M2007)")]
    public async Task Where_there_is_none_the_rest_is_pulled_and_the_report_says_why(
        string tags, int status, string why)
    {
        Publish(tags.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        MirrorPlan plan = await PlanAsync(status: status);

        Assert.Equal(["installer.tar"], plan.Archives());
        Fault note = Assert.Single(plan.Notes);
        Assert.Equal(FaultCode.DeckhouseCliLeftOut, note.Code);
        Assert.Contains(why, note.Message, StringComparison.Ordinal);
        Assert.Contains("Components without DeckhouseCli", note.Advice, StringComparison.Ordinal);
        Assert.Contains(why, ReportMarkdown.Render(SmallPlan.Planned, plan, null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_listed_and_does_not_exist_is_reported_as_well()
    {
        Publish("v0.1.0");
        await using TestRegistry registry = await _source.StartAsync();
        registry.Faults.Add(
            request => request.IsManifest(Repository),
            new RegistryFault { Status = 404, ErrorCode = "MANIFEST_UNKNOWN" });

        MirrorPlan plan = (await CaseOutcome.OfAsync(registry, Wanted)).Plan!;

        Assert.Contains("v0.1.0 is listed", Assert.Single(plan.Notes).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("v0.2.0-rc.1")]
    public async Task A_named_tag_is_taken_whatever_it_is_and_no_list_is_asked_for(string tag)
    {
        Publish("v0.1.0", tag);
        await using TestRegistry registry = await _source.StartAsync();

        MirrorPlan plan = (await CaseOutcome.OfAsync(registry, Wanted, Named(tag))).Plan!;

        Assert.Equal([tag], plan.Tags(Archive, Layout));
        Assert.Empty(registry.Requests.TagLists());
    }

    [Theory]
    [InlineData(0, FaultCode.TagMissing, "r/deckhouse-cli:v9.9.9 does not exist", "DeckhouseCliTag")]
    [InlineData(403, FaultCode.Forbidden, "r/deckhouse-cli", "remove DeckhouseCliTag")]
    [InlineData(503, FaultCode.ServerError, "r/deckhouse-cli", "")]
    public async Task A_named_tag_that_is_not_there_is_a_fault(int status, string code, string says, string advises)
    {
        Publish("v0.1.0");

        Fault fault = Assert.Single((await OutcomeAsync(Named("v9.9.9"), status)).Faults);

        Assert.Equal(code, fault.Code);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Contains(advises, fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_tag_that_is_not_there_comes_with_the_nearest_one_and_with_what_is_there()
    {
        Publish("v0.1.0");

        Fault fault = Assert.Single((await OutcomeAsync(Named("v0.1.1"), 0)).Faults);

        Assert.EndsWith(" There are 'v0.1.0'.", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("Did you mean 'v0.1.0'? ", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_fails_ends_the_run_and_is_not_taken_for_absence()
    {
        Publish("v0.1.0");

        Assert.Equal(FaultCode.ServerError, Assert.Single((await OutcomeAsync(null, status: 503)).Faults).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("v0.1.0")]
    public async Task Behind_a_proxy_registry_it_is_taken_by_its_tag_or_left_out_with_a_warning(string? tag)
    {
        Publish("v0.1.0");
        _source.Version("packages", "p", "v1.0.0");
        await using TestRegistry registry = await _source.StartAsync(
            options => options with { AllowTagLists = false });

        MirrorPlan plan = (await CaseOutcome.OfAsync(
            registry,
            Wanted | MirrorComponents.Packages,
            settings => settings with
            {
                ProxyRegistry = true,
                IncludePackages = ["p@=v1.0.0"],
                DeckhouseCliTag = tag,
            })).Plan!;

        Assert.Equal(tag is not null, plan.Archives().Contains(Archive));
        Assert.Equal(
            tag is null ? [FaultCode.DeckhouseCliLeftOut] : [], plan.Notes.Select(note => note.Code));
        Assert.All(plan.Notes, note => Assert.Contains("DeckhouseCliTag", note.Advice));
        Assert.Empty(registry.Requests.TagLists());
    }

    [Theory]
    [InlineData(true, Wanted)]
    [InlineData(false, MirrorComponents.Installer)]
    public async Task It_is_not_asked_for_where_it_is_not_wanted(bool onlyExtraImages, MirrorComponents components)
    {
        Publish("v0.1.0");
        await using TestRegistry registry = await _source.StartAsync();

        MirrorPlan plan = (await CaseOutcome.OfAsync(
            registry, components, settings => settings with { OnlyExtraImages = onlyExtraImages })).Plan!;

        Assert.Equal(["installer.tar"], plan.Archives());
        Assert.DoesNotContain(registry.Requests.All, record => record.Request.Route.Repository == Repository);
    }

    private static Func<MirrorPullSettings, MirrorPullSettings> Named(string tag) =>
        settings => settings with { DeckhouseCliTag = tag };

    private void Publish(params string[] tags) => Array.ForEach(tags, tag => _source.Image(Repository, [tag]));

    private async Task<MirrorPlan> PlanAsync(int status = 0) => (await OutcomeAsync(null, status)).Plan!;

    private async Task<CaseOutcome> OutcomeAsync(Func<MirrorPullSettings, MirrorPullSettings>? change, int status)
    {
        await using TestRegistry registry = await _source.StartAsync();
        if (status != 0)
        {
            registry.Faults.Add(
                request => request.Route.Repository == Repository, new RegistryFault { Status = status });
        }

        return await CaseOutcome.OfAsync(registry, Wanted, change);
    }
}
