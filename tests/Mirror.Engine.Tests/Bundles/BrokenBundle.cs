namespace Mirror.Engine.Tests.Bundles;

/// <summary>
/// A way to break a bundle, and what a verification says of it; a push fails with one of the same codes.
/// </summary>
/// <param name="Name">What was done, for people.</param>
/// <param name="Form">To what.</param>
/// <param name="Codes">The codes of all faults, each once, in order.</param>
/// <param name="Says">What one of the faults says: file, entry, image.</param>
/// <param name="Apply">Does it.</param>
internal sealed record BrokenBundle(
    string Name, BundleForm Form, string Codes, string[] Says, Action<BundleCopy> Apply)
{
    public const string Platform = "platform.tar";
    public const string Module = "module-console.tar";

    /// <summary>The main layout of the module's archive.</summary>
    public const string Layout = "modules/console/";

    /// <summary>The image of that layout.</summary>
    public const string Image = "modules/console:v1.0.0";

    public static IReadOnlyList<BrokenBundle> All { get; } =
    [
        .. BrokenArchives.All, .. BrokenEntries.All, .. BrokenLayouts.All, .. BrokenImages.All,
        .. BrokenChunks.All, .. BrokenInventories.All,
    ];

    /// <summary>Whether a push sees it only while it sends: it does not read a blob twice.</summary>
    public bool IsSeenWhileSending { get; init; }

    public static BrokenBundle Of(string name) => All.Single(broken => broken.Name == name);
}
