namespace Mirror.Engine.Errors;

/// <summary>What the answer behind a failure says about the next attempt, for the rooms that try again.</summary>
internal sealed record FailureHints
{
    public static FailureHints None { get; } = new();

    /// <summary>How long the registry asked to wait; <see langword="null"/>: it did not.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>Whether the next attempt goes another way, learnt from this one.</summary>
    public bool IsWorthRepeating { get; init; }

    /// <summary>Whether the registry answered that it does not do what was asked.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Whether a manifest was refused because the registry lacks a blob that it names.</summary>
    public bool IsBlobUnknown { get; init; }
}
