namespace Mirror.Engine;

/// <summary>A release channel that points elsewhere.</summary>
/// <param name="Name">The channel: <c>stable</c>.</param>
/// <param name="Was">
/// The version that it pointed to, or the first digits of a digest; <see langword="null"/>: there was no such channel.
/// </param>
/// <param name="Now">The same for now; <see langword="null"/>: it is gone.</param>
public sealed record DiffedChannel(string Name, string? Was, string? Now)
{
    /// <summary>Returns the channel for people.</summary>
    /// <returns>The line, for example <c>stable: v1.70.4 → v1.71.3</c>.</returns>
    public override string ToString() => $"{Name}: {Was ?? "none"} → {Now ?? "gone"}";
}
