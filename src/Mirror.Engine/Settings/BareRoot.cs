namespace Mirror.Engine;

/// <summary>
/// Where a push or sync puts what belongs to no edition: the stand-alone installer, the Deckhouse CLI and its plugins
/// (docs/behaviour/push-and-bundle.md#target-repositories).
/// </summary>
public sealed record BareRoot
{
    private readonly string _text;

    private BareRoot(string text, string? path) => (_text, Path) = (text, path);

    /// <summary>
    /// The target's path without its last component if that is an edition's name (<c>ee</c>, <c>fe</c>, ...), else the
    /// target's path.
    /// </summary>
    public static BareRoot Auto { get; } = new("Auto", null);

    /// <summary>The target's path, as for d8 0.33.</summary>
    public static BareRoot Target { get; } = new("Target", null);

    /// <summary>The path as it was given; <see langword="null"/>: it follows from the target's.</summary>
    internal string? Path { get; }

    /// <summary>A path of its own at the target's host.</summary>
    /// <param name="path">
    /// The repository path, for example <c>deckhouse</c>; slashes at either end are dropped. Checked with the settings
    /// (D8M1002).
    /// </param>
    /// <returns>The place.</returns>
    public static BareRoot At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new BareRoot(path, path);
    }

    /// <summary>Returns <c>Auto</c>, <c>Target</c> or the path: what MSBuild takes.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;
}
