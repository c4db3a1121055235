namespace Mirror.Engine;

/// <summary>A requirement that is new, other or gone.</summary>
/// <param name="Release">The release that requires it: <c>v1.71.3</c>, or <c>console v1.46.0</c> of a module.</param>
/// <param name="Name">Its name: <c>k8s</c>.</param>
/// <param name="Value">What is required; <see langword="null"/>: nothing any more.</param>
/// <param name="Was">
/// What the release before it required; <see langword="null"/>: nothing, or it is not known.
/// </param>
public sealed record DiffedRequirement(string Release, string Name, string? Value, string? Was);
