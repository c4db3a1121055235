namespace Mirror.Engine.Plan;

/// <summary>A setting that chose, as it could be written.</summary>
/// <param name="Values">In ordinal order; a single one unless the setting is a list.</param>
/// <param name="IsList">Whether it may have several values.</param>
internal sealed record LockedSetting(ImmutableArray<string> Values, bool IsList)
{
    public static LockedSetting One(string value) => new([value], false);

    public static LockedSetting Several(IEnumerable<string> values) =>
        new([.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], true);

    public bool Equals(LockedSetting? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Length;

    public override string ToString() => string.Join(", ", Values);
}
