using System.Collections.Immutable;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>A version of a <see cref="DrawnPlugin"/>.</summary>
internal sealed record DrawnPluginVersion(string Tag, (int Major, int Minor, int Patch) Number)
{
    public bool IsPrerelease { get; init; }

    /// <summary>Its contract cannot be read.</summary>
    public bool IsBroken { get; init; }

    /// <summary>The first minor line of the platform that it works with; <see langword="null"/>: any.</summary>
    public int? FromMinor { get; init; }

    /// <summary>The first minor line of the platform that it works with no more.</summary>
    public int? BelowMinor { get; init; }

    /// <summary>The plugins that it requires, with their lowest versions.</summary>
    public ImmutableArray<(string Name, (int Major, int Minor, int Patch)? AtLeast)> Needs { get; init; } = [];
}
