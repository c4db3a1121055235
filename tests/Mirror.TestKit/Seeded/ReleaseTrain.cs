namespace Mirror.TestKit.Seeded;

/// <summary>
/// The releases of every seeded source. One per minor and each on a channel, so that a pull without any selection takes
/// all of them.
/// </summary>
public static class ReleaseTrain
{
    /// <summary>From the oldest to the newest.</summary>
    public static IReadOnlyList<SeededRelease> All { get; } =
    [
        new("rock-solid", "v1.68.9"),
        new("stable", "v1.69.6"),
        new("early-access", "v1.70.4"),
        new("beta", "v1.71.2"),
        new("alpha", "v1.72.1"),
    ];
}
