using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>A small seeded source that can be slowed, so that each phase of a pull takes a second or two.</summary>
internal static class SlowSource
{
    private static readonly RegistryFault SlowAnswer = new() { Delay = TimeSpan.FromMilliseconds(30) };
    private static readonly RegistryFault SlowBlob = new() { BytesPerSecond = 1_000_000 };

    public static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions
        {
            Content = SeededSource.Create(new SeededSourceOptions
            {
                Seed = 6,
                TotalBytes = 8_000_000,
                References = 90,
                Modules = 3,
            }).Content,
        },
        TestContext.Current.CancellationToken);

    /// <summary>Slows it until its faults are cleared.</summary>
    public static void SlowDown(TestRegistry registry)
    {
        registry.Faults.Add(request => request.IsBlob(), SlowBlob);
        registry.Faults.Add(_ => true, SlowAnswer);
    }
}
