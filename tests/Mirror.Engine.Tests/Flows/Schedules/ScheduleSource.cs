using System.Collections.Concurrent;
using Mirror.Engine.Disk;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.Engine.Tests.Real;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Schedules;

/// <summary>A small source that is served, with what a sound pull of it makes.</summary>
internal sealed class ScheduleSource : IAsyncDisposable
{
    private readonly Dictionary<DrawnForm, SortedDictionary<string, byte[]>> _bundles = [];

    private int _answersLeft;
    private Action _afterAnswers = () => { };

    private ScheduleSource(TestRegistry registry, ManualTimeProvider time)
    {
        Registry = registry;
        Time = time;
        registry.Requests.Observe(_ =>
        {
            if (--_answersLeft == 0)
            {
                _afterAnswers();
            }
        });
    }

    public TestRegistry Registry { get; }

    public ManualTimeProvider Time { get; }

    /// <summary>The operations of the disk that the last undisturbed pull needed, by name.</summary>
    public IReadOnlyDictionary<string, int> Operations { get; private set; } = new Dictionary<string, int>();

    public static async Task<ScheduleSource> StartAsync(bool hasTokens)
    {
        ManualTimeProvider time = new();
        SketchedSource sketch = new();
        sketch.Image("r/installer", ["latest"]);
        foreach (string module in (string[])["console", "commander"])
        {
            sketch.Version("modules", module, "v1.0.0");
            sketch.Version("modules", module, "v1.1.0");
            sketch.Channel("modules", module, "stable", "v1.1.0");
            AddLarge(sketch.Content.Repository($"{SketchedSource.Edition}/modules/{module}"), module, "v1.1.0");
        }

        TestRegistry registry = await sketch.StartAsync(options =>
            options with { Tokens = hasTokens ? new TokenOptions { Time = time } : null });
        ScheduleSource source = new(registry, time);
        await source.BundleAsync(new DrawnForm(0, HasSums: false));
        return source;
    }

    /// <summary>The files of an undisturbed pull, which were read back and compared with the plan.</summary>
    public async Task<SortedDictionary<string, byte[]>> BundleAsync(DrawnForm form)
    {
        if (_bundles.TryGetValue(form, out SortedDictionary<string, byte[]>? known))
        {
            return known;
        }

        SimulatedDisk disk = new();
        ConcurrentDictionary<string, int> operations = [];
        ScriptedDisk counting = new(disk)
        {
            Before = (operation, _) => operations.AddOrUpdate(operation, 1, static (_, count) => count + 1),
        };
        Task<MirrorReport> pull =
            Engine(counting).PullAsync(Settings(form), null, TestContext.Current.CancellationToken);
        await Time.DrivePausesAsync(pull);
        MirrorPlan plan = (await pull).Plan;
        Operations = operations;
        DemandAsPlanned(plan, disk.Files());
        Assert.Equal(
            ["installer.tar", "module-commander.tar", "module-console.tar"],
            plan.Archives.Select(archive => archive.Name));
        await Engine(disk).VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = "/bundle" }, null, TestContext.Current.CancellationToken);
        return _bundles[form] = disk.Files();
    }

    /// <summary>Does something after so many more answers; 0: nothing any more.</summary>
    public void AfterAnswers(int answers, Action action) => (_afterAnswers, _answersLeft) = (action, answers);

    public MirrorEngine Engine(IDisk disk, int seed = 0) =>
        new(new EngineParts(new RunEnvironment([]), Time) { Disk = disk, CreateRandom = () => new Random(seed) });

    public MirrorPullSettings Settings(DrawnForm form) => new()
    {
        Source = new RegistryEndpoint($"{Registry.Host}/{SketchedSource.Edition}"),
        Insecure = true,
        Components = MirrorComponents.Modules | MirrorComponents.Installer,
        // What is named and broken fails a pull; what is not is left out of it with a note.
        IncludeModules = ["commander", "console"],
        BundleDirectory = "/bundle",
        TmpDirectory = "/tmp",
        BundleChunkSize = form.ChunkBytes,
        GostDigest = form.HasSums,
    };

    public ValueTask DisposeAsync() => Registry.DisposeAsync();

    /// <summary>Tags and blobs, read by the framework alone, are exactly those of the plan.</summary>
    private static void DemandAsPlanned(MirrorPlan plan, SortedDictionary<string, byte[]> files)
    {
        using TemporaryFolder folder = new();
        foreach ((string name, byte[] content) in files)
        {
            File.WriteAllBytes(folder.Combine(name), content);
        }

        Assert.Equal(
            plan.Archives.SelectMany(archive => archive.Layouts, (archive, layout) => (archive, layout))
                .SelectMany(pair => pair.layout.Images, (pair, image) => new StoredImage(
                    pair.archive.Name, pair.layout.Path, image.Tag, image.Digest.ToString()))
                .Select(image => image.ToString()).Order(StringComparer.Ordinal),
            StoredBundle.Read(folder.FullName).Select(image => image.ToString()).Order(StringComparer.Ordinal));
    }

    /// <summary>An image with a layer that is the same in all of them, and spans several chunks.</summary>
    private static void AddLarge(RepositoryContent repository, string label, string tag)
    {
        byte[] content = new byte[130_000];
        SeededBytes.Fill(7, 0, content);
        ImageWriter.Add(
            repository,
            ImageKind.Oci,
            label,
            [
                new BytesBlob(TarGzip.Write([("label", label)])),
                new BytesBlob(TarGzip.Write([("large", Convert.ToBase64String(content))])),
            ],
            tag);
    }
}
