using Mirror.Engine.Tests.Archives;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Layers of strangers in a whole plan: what they cost, and how often they are told.</summary>
public sealed class HostileLayerFlowTests
{
    private const long Megabyte = 1 << 20;

    public static TheoryData<string> Bombs =>
        ["a long name", "an extended header", "a declared header", "zeros", "zeros in Zstandard", "a sparse file"];

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Channels_that_share_a_hostile_layer_have_one_fault_between_them(string bomb)
    {
        SketchedSource source = new();
        foreach (string channel in ReleaseChannel.All)
        {
            source.Layer(SketchedSource.Channels, channel, Bomb(bomb));
        }

        await using SketchRun run = await SketchRun.StartAsync(source);
        long before = GC.GetTotalAllocatedBytes();

        Fault fault = Assert.Single(await run.RefusedAsync(MirrorComponents.Platform));

        Assert.Equal(FaultCode.LayerUnreadable, fault.Code);
        Assert.Contains(SketchedSource.Channels, fault.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100 * Megabyte);
    }

    [Fact]
    public async Task A_module_whose_layers_are_packed_with_Zstandard_is_planned_with_what_they_name()
    {
        SketchedSource source = new();
        const string Module = $"{SketchedSource.Edition}/modules/m";
        source.Image($"{SketchedSource.Edition}/modules", ["m"]);
        string component = source.Image(Module, [], ("component", "1"));
        source.Layer(Module, "v1.0.0", Packed(("images_digests.json", $"\"{component}\"")));
        source.Layer($"{Module}/release", "v1.0.0", Packed(("version.json", """{"version":"v1.0.0"}""")));
        source.Layer($"{Module}/release", "stable", Packed(("version.json", """{"version":"v1.0.0"}""")));
        await using SketchRun run = await SketchRun.StartAsync(source);

        MirrorPlan plan = await run.PlanAsync(MirrorComponents.Modules);

        Assert.Equal(["installer.tar", "module-m.tar"], plan.Archives());
        Assert.Contains(plan.Archives.SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Images),
            image => image.Digest.ToString() == component);
        Assert.Empty(plan.Notes);
    }

    private static byte[] Packed(params (string Name, string Text)[] files) => Layer.Zstandard(Layer.Tar(files));

    private static byte[] Bomb(string kind) => kind switch
    {
        "a long name" => new HostileLayer().Header("n", 200 * Megabyte, 'L').Gzip(200 * Megabyte),
        "an extended header" => new HostileLayer().Header("n", 200 * Megabyte, 'x').Gzip(200 * Megabyte),
        "a declared header" => new HostileLayer().Header("n", (1L << 31) - 600, 'x').Raw("1"u8).Gzip(0),
        "zeros" => new HostileLayer().Header("n", 8L << 30, '0').Gzip(200 * Megabyte),
        "zeros in Zstandard" => new HostileLayer().Header("n", 8L << 30, '0').Zstandard(200 * Megabyte, 20),
        _ => new HostileLayer().Entry("version.json", new byte[512], 'S').Gzip(0),
    };
}
